using System.Diagnostics;
using FastScaling.Simulations.Phases;
using FastScaling.Simulations.Uneven;
using FastScaling.Simulations.Days;
using FastScaling.Simulations.Fleets;
using FastScaling.Simulations.Loads;
using FastScaling.Simulations.Model;

var w = Stopwatch.StartNew();
var runs = args.Length > 1 ? int.Parse(args[1]) : 2000;
switch (args[0])
{
case "phases":
foreach (var c in PhaseCase.All())
{
    var r = PhaseResult.Run(c, runs, 1);
    Console.WriteLine($"{r.Case,-60} alarm {r.Alarm.Median:0.00} {r.Alarm.P99:0.00} ({r.Alarm.Missing}) fixed {r.FixedAlarm.Median:0.00} {r.FixedAlarm.P99:0.00} ({r.FixedAlarm.Missing}) | s {r.Sampled.Median:0.00} a {r.Accepted.Median:0.00} v {r.Visible.Median:0.00} e {r.Evaluated.Median:0.00}");
}
break;
case "uneven":
foreach (var (n, rates) in UnevenResult.Cases())
foreach (var p in Publishing.All())
    Console.WriteLine(UnevenResult.Run(n, rates, p, runs, 1));
break;
case "day":
foreach (var d in args.Length > 2 ? new[] { DayOfTraffic.Synthesize(1), DayOfTraffic.Read(args[2]) } : [DayOfTraffic.Synthesize(1)])
foreach (var r in DayResult.Run(d, 10, 1))
    Console.WriteLine(r);
break;
case "fleet":
foreach (var n in args[1..])
    Console.WriteLine(FleetResult.Run(int.Parse(n), 600, 120, int.Parse(Environment.GetEnvironmentVariable("SEED") ?? "1")));
break;
}
Console.WriteLine(w.Elapsed);
