namespace FastScaling.Benchmarks.Experiments.Starving;

/// <summary>When calls came, in seconds from the begin of the starvation.</summary>
/// <param name="CallsWhileStarved">Calls that came before its end.</param>
/// <param name="LongestGapSeconds">The longest time between two calls that touches it.</param>
/// <param name="At">All calls, those before the begin with negative numbers.</param>
internal sealed record CallSchedule(int CallsWhileStarved, double LongestGapSeconds, IReadOnlyList<double> At)
{
    public static CallSchedule Of(IReadOnlyList<DateTimeOffset> calls, DateTimeOffset begin, DateTimeOffset end) => new(
        calls.Count(call => call >= begin && call <= end),
        calls.Zip(calls.Skip(1))
            .Where(pair => pair.Second >= begin && pair.First <= end)
            .Select(static pair => (pair.Second - pair.First).TotalSeconds)
            .DefaultIfEmpty(double.NaN)
            .Max(),
        [.. calls.Select(call => (call - begin).TotalSeconds)]);
}
