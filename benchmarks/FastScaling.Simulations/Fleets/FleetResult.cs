using FastScaling.Simulations.Model;
using FastScaling.Simulations.Reports;
using MathNet.Numerics.Distributions;

namespace FastScaling.Simulations.Fleets;

/// <summary>A large fleet against an account's quota of calls.</summary>
/// <param name="Tasks">Tasks, all started within one export interval.</param>
/// <param name="FairShare">Seconds between the calls of a task that the quota would allow, at least the export interval.</param>
/// <param name="OldestStarting">The oldest that any task's newest accepted sample became in the first two minutes, seconds.</param>
/// <param name="Oldest">The same after them, in steady state.</param>
/// <param name="OldestInSurge">The same in a surge of the whole fleet.</param>
/// <param name="Age">Ages of the newest accepted sample over tasks, once a second.</param>
/// <param name="Throttled">Percent of the calls that were throttled in steady state.</param>
/// <param name="CallsPerSecond">Accepted calls a second in steady state.</param>
/// <param name="ErrorVisible">Percent by which the average that an evaluation saw was off, in steady state.</param>
/// <param name="ErrorInTheEnd">The same with all data landed.</param>
/// <param name="SurgeToAlarm">Seconds from the fleet's surge to where an evaluation would find it.</param>
internal sealed record FleetResult(
    int Tasks,
    double FairShare,
    double OldestStarting,
    double Oldest,
    double OldestInSurge,
    Quantiles Age,
    double Throttled,
    double CallsPerSecond,
    Quantiles ErrorVisible,
    Quantiles ErrorInTheEnd,
    double SurgeToAlarm)
{
    private const double CallsQuota = 500;
    private const int Settled = 120;

    /// <param name="tasks">The size of the fleet.</param>
    /// <param name="steady">Seconds before the surge.</param>
    /// <param name="surge">Seconds of the surge.</param>
    /// <param name="seed">Phases, loads.</param>
    public static FleetResult Run(int tasks, int steady, int surge, int seed)
    {
        var seconds = steady + surge;
        var random = new Random(seed);
        var rates = Enumerable.Range(0, tasks).Select(_ => 25 + (random.NextDouble() * 40)).ToArray();
        var truth = new double[seconds];
        var data = new VisibleData(seconds);
        var quota = new Quota(CallsQuota);
        var calls = 0L;
        var accepted = new double[tasks];
        var all = Enumerable.Range(0, tasks).Select(_ => new SimulatedTask(new TaskOptions(), random.Next())).ToList();
        var fleet = new Fleet(
            all,
            (task, second) =>
            {
                var count = Poisson.Sample(random, rates[task] * (second < steady ? 1 : 4));
                truth[second] += count / (double)tasks;
                return count;
            },
            quota)
        {
            OnAccepted = (task, now, samples) =>
            {
                calls++;
                accepted[task] = samples.Max(static sample => sample.Second) + 1;
                foreach (var (second, value) in samples)
                {
                    data.Add(second, value, now + Fleet.CallSeconds + ServiceRun.Ingestion);
                }
            },
        };
        var ages = new List<double>();
        var oldest = new double[3];
        var (callsBefore, throttledBefore, callsAfter, throttledAfter) = (0L, 0L, 0L, 0L);
        for (var second = 0L; second < seconds - 1; second++)
        {
            fleet.Run(second);
            var now = second + 2;
            var stage = second < Settled ? 0 : second < steady - 2 ? 1 : 2;
            oldest[stage] = Math.Max(oldest[stage], now - accepted.Min());
            if (stage == 1)
            {
                ages.AddRange(accepted.Where((_, i) => i % 10 == second % 10).Select(at => now - at));
                (callsAfter, throttledAfter) = (calls, quota.Throttled);
            }
            else if (stage == 0)
            {
                (callsBefore, throttledBefore) = (calls, quota.Throttled);
            }
        }

        var (visible, landed) = Errors(data, truth, steady);
        var (made, refused) = (callsAfter - callsBefore, throttledAfter - throttledBefore);
        return new FleetResult(
            tasks,
            Math.Max(5, tasks / CallsQuota),
            oldest[0],
            oldest[1],
            oldest[2],
            Quantiles.Of(ages),
            100.0 * refused / (made + refused),
            made / (double)(steady - 2 - Settled),
            Quantiles.Of(visible),
            Quantiles.Of(landed),
            AlarmAfter(data, steady, seconds));
    }

    private static (List<double> Visible, List<double> Landed) Errors(VisibleData data, double[] truth, int steady)
    {
        var (visible, landed) = (new List<double>(), new List<double>());
        for (var at = Settled + 10; at < steady - 120; at += 2)
        {
            var right = truth.Skip(at - 10).Take(10).Average();
            visible.Add(data.Average(at - 10, at, at) is { } seen ? Math.Abs((seen / right) - 1) * 100 : double.NaN);
            landed.Add(data.Average(at - 10, at, double.PositiveInfinity) is { } inTheEnd ? Math.Abs((inTheEnd / right) - 1) * 100 : double.NaN);
        }

        return (visible, landed);
    }

    private static double AlarmAfter(VisibleData data, int steady, int seconds)
    {
        for (var at = (double)steady; at < seconds; at += 0.5)
        {
            if (Alarm.IsBreaching(data, at))
            {
                return at - steady;
            }
        }

        return double.NaN;
    }
}
