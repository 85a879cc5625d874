using System.CommandLine;

namespace FastScaling.Benchmarks.Load;

/// <summary>Measures what the exporter takes of a service under load.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var pairs = new Option<int>("--pairs") { Description = "Pairs for each comparison.", DefaultValueFactory = static _ => 10 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds of load for each half of a pair.", DefaultValueFactory = static _ => 6 };
        var generation = new Option<int>("--pairs-per-process") { Description = "After so many pairs both services are started anew.", DefaultValueFactory = static _ => 5 };
        var reports = ReportFolder.Option();
        var command = new Command("load", "CPU per request and throughput of a service on Kestrel, without and with the exporter by turns.") { pairs, seconds, generation, reports };
        command.SetAction(async (result, _) =>
        {
            var run = new LoadRun(
                Math.Max(1, result.GetValue(pairs)),
                Math.Max(1, result.GetValue(seconds)),
                Math.Max(1, result.GetValue(generation)));
            try
            {
                LoadReport.Write(
                    result.GetValue(reports)!,
                    result.GetValue(seconds),
                    [
                        await run.CompareBareAsync(),
                        await run.CompareWithOpenTelemetryAsync(),
                        await run.CompareWithNoOpListenerAsync(),
                    ]);
                return 0;
            }
            catch (InvalidOperationException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 1;
            }
        });
        return command;
    }
}
