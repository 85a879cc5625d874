using System.CommandLine;
using FastScaling.Benchmarks.Experiments.Outage;
using FastScaling.Benchmarks.Experiments.Starving;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Experiments;

/// <summary>Starves and cuts off a service that publishes, and writes down what came of it.</summary>
internal static class ExperimentsCommand
{
    public static Command Create()
    {
        var starved = new Option<int>("--starved-seconds") { Description = "How long the thread pool is starved.", DefaultValueFactory = static _ => 30 };
        var outage = new Option<int>("--outage-seconds") { Description = "How long each outage takes.", DefaultValueFactory = static _ => 60 };
        var reports = ReportFolder.Option();
        var command = new Command("experiments", "A starved thread pool and outages of CloudWatch: schedule, memory, latency.") { starved, outage, reports };
        command.SetAction(async (result, _) =>
        {
            var starvation = new List<StarvationOutcome>();
            foreach (var interval in (int[])[1, 5])
            {
                Console.WriteLine($"Starvation, export interval {interval} s.");
                starvation.Add(await StarvationExperiment.RunAsync(TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(result.GetValue(starved))));
            }

            var outages = new List<OutageOutcome>();
            foreach (var kind in Enum.GetValues<OutageKind>())
            {
                Console.WriteLine($"Outage: {kind}.");
                outages.Add(await OutageExperiment.RunAsync(kind, TimeSpan.FromSeconds(result.GetValue(outage))));
            }

            ExperimentsReport.Write(result.GetValue(reports)!, new ExperimentsOutcome(starvation, outages));
            return 0;
        });
        return command;
    }
}
