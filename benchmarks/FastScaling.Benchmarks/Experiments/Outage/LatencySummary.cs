namespace FastScaling.Benchmarks.Experiments.Outage;

/// <summary>What requests took, in milliseconds.</summary>
internal sealed record LatencySummary(int Requests, double P50, double P99)
{
    public static LatencySummary Of(IReadOnlyList<TimeSpan> latencies)
    {
        var sorted = latencies.Select(static latency => latency.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0
            ? new LatencySummary(0, double.NaN, double.NaN)
            : new LatencySummary(sorted.Length, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }
}
