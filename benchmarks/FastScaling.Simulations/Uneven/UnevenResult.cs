using FastScaling.Simulations.Model;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FastScaling.Simulations.Uneven;

/// <summary>False alarms of a service whose tasks carry steady uneven loads, its mean being below the threshold.</summary>
/// <param name="Case">The loads.</param>
/// <param name="Publishing">How it published.</param>
/// <param name="Hours">Hours that were simulated.</param>
/// <param name="Visible">Percent of the evaluations that found a breach.</param>
/// <param name="VisibleError">Half of the width of its 95 % interval.</param>
/// <param name="InTheEnd">Percent that would have with all data landed.</param>
/// <param name="AlarmsPerHour">Changes to ALARM.</param>
/// <param name="ExtraCallsPerHour">Calls for surges, by task.</param>
internal sealed record UnevenResult(
    string Case,
    string Publishing,
    double Hours,
    double Visible,
    double VisibleError,
    double InTheEnd,
    double AlarmsPerHour,
    double ExtraCallsPerHour)
{
    private const int Seconds = 1200;
    private const int Begin = 60;

    public static IEnumerable<(string Name, double[] Rates)> Cases() =>
    [
        ("two tasks, 150 and 40", [150, 40]),
        ("ten tasks, one 200 and nine 45", [200, 45, 45, 45, 45, 45, 45, 45, 45, 45]),
        ("two tasks, 70 and 20", [70, 20]),
        ("two tasks, 160 and 20", [160, 20]),
    ];

    public static UnevenResult Run(string name, double[] rates, Publishing publishing, int runs, int seed, AlarmSettings? alarm = null)
    {
        var all = Enumerable.Range(0, runs).AsParallel().AsOrdered().Select(i => RunOne(rates, publishing, seed + i, alarm ?? AlarmSettings.Usual)).ToArray();
        var hours = runs * (Seconds - Begin) / 3600.0;
        var visible = all.Select(static run => run.Visible * 100).ToArray();
        return new UnevenResult(
            name,
            publishing.Name,
            hours,
            visible.Mean(),
            1.96 * visible.StandardDeviation() / Math.Sqrt(runs),
            all.Average(static run => run.InTheEnd) * 100,
            all.Sum(static run => run.Alarms) / hours,
            all.Sum(static run => run.ExtraCalls) / hours / rates.Length);
    }

    private static (double Visible, double InTheEnd, int Alarms, long ExtraCalls) RunOne(double[] rates, Publishing publishing, int seed, AlarmSettings alarm)
    {
        var random = new Random(seed);
        var arrivals = rates.Select(rate => Enumerable.Range(0, Seconds).Select(_ => Poisson.Sample(random, rate)).ToArray()).ToArray();
        var run = ServiceRun.Of(publishing, rates.Length, Seconds, seed, (task, second) => arrivals[task][second]);
        var (evaluations, visible, inTheEnd, alarms) = (0, 0, 0, 0);
        var was = false;
        for (var at = Begin + (random.NextDouble() * Alarm.Period); at < Seconds - 60; at += Alarm.Period)
        {
            var isBreaching = alarm.IsBreaching(run.Data, at);
            evaluations++;
            visible += isBreaching ? 1 : 0;
            inTheEnd += Alarm.IsBreachingInTheEnd(run.Data, at) ? 1 : 0;
            alarms += isBreaching && !was ? 1 : 0;
            was = isBreaching;
        }

        return ((double)visible / evaluations, (double)inTheEnd / evaluations, alarms, run.ExtraCalls);
    }
}
