using System.CommandLine;

namespace FastScaling.Lab.Commands;

/// <summary>The command line.</summary>
internal static class LabCommand
{
    private const string Description =
        """
        Try a scaling policy in seconds: reads alarms and policies from the CloudFormation template that is deployed, and needs no AWS account.

        Exit codes: 0 done and clean, 1 findings, 2 wrong usage or a file that cannot be read.
        """;

    // The tasks of a live lab end their requests and send their last samples.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"fastscaling: {error.Message}");
            }

            await Console.Error.WriteLineAsync("Run it with --help to see what is allowed.");
            return ExitCode.Failure;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout });
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failure;
        }
        catch (Exception exception)
        {
            // Whatever it is, a person reads it: one line, no stack trace.
            await Console.Error.WriteLineAsync($"fastscaling: {exception.Message.ReplaceLineEndings(" ")}");
            return ExitCode.Failure;
        }
    }

    public static RootCommand Create() => new(Description)
    {
        LiveCommand.Create(),
        ReplayCommand.Create(),
        CheckCommand.Create(),
        TrafficCommand.Create(),
        CostCommand.Create(),
        CloudWatchCommand.Create(),
        TaskCommand.Create(),
    };
}
