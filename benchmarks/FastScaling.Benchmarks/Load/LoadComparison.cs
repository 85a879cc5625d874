namespace FastScaling.Benchmarks.Load;

/// <summary>All pairs of one comparison and what they come to.</summary>
internal sealed record LoadComparison(string Name, IReadOnlyList<LoadPair> Pairs, MedianInterval Cpu, MedianInterval Throughput, long PutMetricDataCalls)
{
    public static LoadComparison Of(string name, IReadOnlyList<LoadPair> pairs, long calls) => new(
        name,
        pairs,
        MedianInterval.Of([.. pairs.Select(pair => pair.CpuRatio)]),
        MedianInterval.Of([.. pairs.Select(pair => pair.ThroughputRatio)]),
        calls);
}
