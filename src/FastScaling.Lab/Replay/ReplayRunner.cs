using FastScaling.Lab.Costs;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Replay;

/// <summary>Runs variants, and sums up what they gave.</summary>
internal static class ReplayRunner
{
    /// <param name="variant">What to run.</param>
    /// <param name="traffic">The load.</param>
    /// <param name="assumptions">Of the base run.</param>
    /// <param name="initialTasks">Tasks at the start; null takes the template's.</param>
    /// <param name="withRanges">Whether all of <see cref="ReplayAssumptions.WithRanges"/> are run.</param>
    /// <param name="progress">Told the seconds done, of all runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ReplayOutcome Run(
        ReplayVariant variant, TrafficProfile traffic, ReplayAssumptions assumptions, int? initialTasks, bool withRanges, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var setup = new ReplaySetup(variant);
        IReadOnlyList<ReplayAssumptions> all = withRanges ? assumptions.WithRanges() : [assumptions];
        var settings = all.Select((each, index) => setup.Settings(traffic, each, initialTasks, keepSeries: index == 0)).ToArray();
        var results = new SimulationResult[all.Count];
        var sum = progress is null ? null : new Sum(progress);
        Parallel.For(0, all.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => results[i] = ClosedLoop.Run(
            settings[i],
            sum is null ? null : new Part(sum),
            cancellationToken));

        var summaries = results.Select(result => Summarize(setup, traffic, result)).ToArray();
        return new ReplayOutcome(variant, summaries[0], summaries, results[0], setup.Notes);
    }

    public static int RunsOf(bool withRanges) => withRanges ? 3 : 1;

    /// <summary>The numbers of a run, simulated or not.</summary>
    public static ReplaySummary Summarize(ReplaySetup setup, TrafficProfile traffic, SimulationResult result)
    {
        var detected = result.Surges.Select(surge => surge.Detected).OfType<double>().ToArray();
        var overloads = result.Surges.Where(surge => surge.EnoughCapacity is not 0).ToArray();
        var enough = overloads.Select(surge => surge.EnoughCapacity).OfType<double>().ToArray();
        return new ReplaySummary
        {
            Surges = result.Surges.Count,
            Detected = detected.Length,
            DetectionMedian = Median(detected),
            DetectionWorst = detected.Length == 0 ? null : detected.Max(),
            Overloads = overloads.Length,
            EnoughMedian = Median(enough),
            EnoughWorst = enough.Length == 0 ? null : enough.Max(),
            NeverEnough = overloads.Length - enough.Length,
            Requests = traffic.Requests.Sum(static count => (long)count),
            Lost = result.Totals.TimedOut + result.Totals.Failed,
            OverGoal = (long)Math.Round(result.Totals.OverGoal),
            Queued = result.QueuedRequestSeconds,
            TaskHours = result.TaskHours,
            PeakTasks = result.PeakDesired,
            FinalTasks = result.FinalDesired,
            Reversals = result.Reversals,
            ReversalsInFiveMinutes = result.ReversalsInFiveMinutes,
            Replaced = result.Replaced,
            Calls = result.Calls,
            TaskCost = result.TaskCost,
            MetricCost = result.CallCost + (setup.MonthlyFees * traffic.Seconds / PriceList.SecondsPerMonth),
        };
    }

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // Runs go side by side: the sum of what each has done.
    private sealed class Sum(IProgress<int> progress) : IProgress<int>
    {
        private int _done;

        public void Report(int value) => progress.Report(Interlocked.Add(ref _done, value));
    }

    private sealed class Part(IProgress<int> sum) : IProgress<int>
    {
        private int _last;

        public void Report(int value)
        {
            sum.Report(value - _last);
            _last = value;
        }
    }
}
