namespace FastScaling.Benchmarks.Soak;

/// <summary>What a service of a soak run says of itself, and its exporter of its data.</summary>
/// <param name="IsFinal">Whether it was written when the exporter had ended.</param>
/// <param name="EndedRequests">Requests that ASP.NET Core has measured.</param>
/// <param name="SampledData">Data taken.</param>
/// <param name="PendingData">Data that wait or are in a call.</param>
/// <param name="GapSamples">Seconds without a sample, after the process was suspended.</param>
/// <param name="Data">Data that came to an end, by what became of them.</param>
/// <param name="HeapBytes">The live managed heap at the last full collection, which is made once a minute.</param>
/// <param name="Collections">Garbage collections so far.</param>
internal sealed record ServiceBook(
    bool IsFinal,
    long EndedRequests,
    long SampledData,
    long PendingData,
    long GapSamples,
    IReadOnlyDictionary<string, long> Data,
    long HeapBytes,
    int Collections)
{
    public long Accepted => Data.GetValueOrDefault("accepted");

    public long Unknown => Data.GetValueOrDefault("unknown");

    public long Dropped => Data.Values.Sum() - Accepted - Unknown;
}
