using System.CommandLine;
using FastScaling.Simulations.Days;
using FastScaling.Simulations.Fleets;
using FastScaling.Simulations.Loads;
using FastScaling.Simulations.Model;
using FastScaling.Simulations.Phases;
using FastScaling.Simulations.Reports;
using FastScaling.Simulations.Sockets;
using FastScaling.Simulations.Uneven;

var reports = new Option<string>("--reports") { Description = "Folder of the reports.", DefaultValueFactory = static _ => "benchmarks/reports" };
var traffic = new Option<string?>("--traffic")
{
    Description = "A recorded day: lines of second and requests. Also the variable FASTSCALING_TRAFFIC.",
    DefaultValueFactory = static _ => Environment.GetEnvironmentVariable("FASTSCALING_TRAFFIC"),
};
var simulations = new Command("simulations", "Surges, uneven loads, days and large fleets in simulated time.") { reports, traffic };
simulations.SetAction(result =>
{
    Console.WriteLine("Phases.");
    PhaseResult[] phases = [.. PhaseCase.All().Select((each, i) => PhaseResult.Run(each, i == 0 ? 10_000 : 3_000, 1))];
    Console.WriteLine("Uneven loads.");
    UnevenResult[] uneven = [.. UnevenResult.Cases().SelectMany((each, i) => Publishing.All().Concat(i == 0 ? Publishing.Denser() : []).Select(how => UnevenResult.Run(each.Name, each.Rates, how, 500, 1)))];
    AlarmResult[] alarms = [.. AlarmSettings.All().Select(static alarm => AlarmResult.Run(alarm, 500, 1))];
    Console.WriteLine("Days.");
    List<DayOfTraffic> days = [DayOfTraffic.Synthesize(1)];
    if (result.GetValue(traffic) is { Length: > 0 } path)
    {
        days.Insert(0, DayOfTraffic.Read(path));
    }

    DayResult[] daily = [.. days.SelectMany(static day => DayResult.Run(day, 10, 1))];
    Console.WriteLine("Fleets.");
    FleetResult[] fleets = [.. ((int[])[1000, 2500, 5000, 10_000]).Select(static tasks => FleetResult.Run(tasks, 600, 120, 1))];
    new SimulationReport(phases, uneven, alarms, daily, fleets).Write(result.GetValue(reports)!);
    return 0;
});

var services = new Option<int>("--services") { Description = "Services beside each other.", DefaultValueFactory = static _ => 10 };
var count = new Option<int>("--surges") { Description = "Surges of each.", DefaultValueFactory = static _ => 5 };
var surges = new Command("surges", "Surges over real sockets in real time.") { services, count, reports };
surges.SetAction(async (result, _) =>
{
    var load = new SurgeLoad();
    var delays = await SurgeExperiment.RunAsync(result.GetValue(services), result.GetValue(count), 1, load, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
    SurgeReport.Write(result.GetValue(reports)!, load, delays);
    return 0;
});

return await new RootCommand("Simulations of FastScaling.Otel.") { simulations, surges }.Parse(args).InvokeAsync();
