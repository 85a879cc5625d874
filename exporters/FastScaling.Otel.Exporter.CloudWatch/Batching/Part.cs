using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>Some data of a sample on their way together: nearly always all of them, fewer after a request was taken apart.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Start">Index of the first datum.</param>
/// <param name="Count">How many data, at least one.</param>
internal readonly record struct Part(Sample Sample, int Start, int Count)
{
    /// <summary>Whether these are all data of the sample.</summary>
    public bool IsWhole => Count == Sample.DatumCount;

    /// <summary>All data of a sample.</summary>
    public static Part Whole(Sample sample) => new(sample, 0, sample.DatumCount);
}
