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
        var delay = SecondsRange.Option("--ingestion-delay", "0", "From a call until its data are seen; AWS speaks of seconds.");
        var seed = CommonOptions.Seed();
        var command = new Command("cloudwatch", "Runs a local CloudWatch for integration tests until Ctrl-C: metrics and alarms, in memory, on 127.0.0.1. Prints what alarms do.") { port, delay, seed };
        command.SetAction((parsed, cancellationToken) => RunAsync(Options(parsed.GetValue(port), SecondsRange.Parse(parsed.GetValue(delay)!)!.Value, parsed.GetValue(seed)), cancellationToken));
        return command;
    }

    private static LocalCloudWatchOptions Options(int port, (double Low, double High) delay, int seed) => new()
    {
        Port = port,
        IngestionDelay = TimeSpan.FromSeconds(delay.Low),
        IngestionDelaySpread = TimeSpan.FromSeconds(delay.High - delay.Low),
        Seed = seed,
        AlarmStateChanged = static change => Console.WriteLine(FormattableString.Invariant($"{change.Time:HH:mm:ss} {change.AlarmName}: {change.OldState} to {change.NewState}. {change.Reason}")),
        AlarmActionInvoked = static action => Console.WriteLine(FormattableString.Invariant($"{action.Time:HH:mm:ss} {action.AlarmName}: calls {action.ActionArn}")),
    };

    private static async Task<int> RunAsync(LocalCloudWatchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await LocalCloudWatchServer.StartAsync(options, cancellationToken);
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
