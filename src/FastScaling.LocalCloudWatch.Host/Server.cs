namespace FastScaling.LocalCloudWatch.Host;

internal static class Server
{
    /// <summary>Serves until cancelled, which is a clean end. Returns the exit code.</summary>
    public static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Port = port }, cancellationToken);
            var endpoint = server.Endpoint.AbsoluteUri.TrimEnd('/');
            Console.WriteLine($"Local CloudWatch listens on {endpoint} (open it in a browser to see what it holds)");
            Console.WriteLine($"Set AWS_ENDPOINT_URL_CLOUDWATCH={endpoint} for the clients; any credentials will do. Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
