using System.CommandLine;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Lab.Commands;

/// <summary><c>fastscaling cloudwatch</c>: the local CloudWatch alone.</summary>
internal static class CloudWatchCommand
{
    private const int DefaultPort = 4582;

    public static Command Create()
    {
        var port = CommonOptions.Number("--port", "port", DefaultPort, 0, 65535, "The TCP port on 127.0.0.1; 0 takes any free one.");
        var command = new Command("cloudwatch", "Runs a local CloudWatch for integration tests until Ctrl-C: metrics and alarms, in memory, on 127.0.0.1.") { port };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Port = port }, cancellationToken);
            var endpoint = server.Endpoint.AbsoluteUri.TrimEnd('/');
            Console.WriteLine($"Local CloudWatch listens on {endpoint} (open it in a browser to see what it holds)");
            Console.WriteLine($"Set AWS_ENDPOINT_URL_CLOUDWATCH={endpoint} for the clients; any credentials will do. Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ExitCode.Clean;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is its way to end.
            return ExitCode.Clean;
        }
    }
}
