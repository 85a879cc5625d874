using System.CommandLine;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Starting;

/// <summary>Measures what the exporter adds to the start of a service.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var pairs = new Option<int>("--pairs") { Description = "Pairs of starts for each comparison.", DefaultValueFactory = static _ => 30 };
        var reports = ReportFolder.Option();
        var command = new Command("start", "From the start of a process until its host has started, without and with the exporter by turns.") { pairs, reports };
        command.SetAction(async (result, _) =>
        {
            var run = new StartRun(Math.Max(1, result.GetValue(pairs)));
            StartReport.Write(
                result.GetValue(reports)!,
                [
                    await run.CompareAsync("Service with OpenTelemetry, the exporter added", hasOpenTelemetry: true),
                    await run.CompareAsync("Bare service, the exporter added", hasOpenTelemetry: false),
                    await run.CompareWithOpenTelemetryAsync("Bare service, OpenTelemetry alone added"),
                ]);
            return 0;
        });
        return command;
    }
}
