namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// A base-2 exponential histogram of seconds as values and counts, in whole nanoseconds but for one value (see
/// <see cref="HistogramMapping"/>).
/// </summary>
/// <remarks>
/// The relative error of a percentile is below the width of a bucket, 2^(2^-scale) - 1: 0.27 % at scale 8, 4.4 % at
/// scale 4, 19 % at scale 2. The SDK lowers the scale until what was recorded fits into its buckets.
/// </remarks>
internal sealed class ExponentialHistogramMapping
{
    /// <summary>The most buckets that a histogram may have so that it fits into one datum, with one for the value 0.</summary>
    public const int MaxBuckets = HistogramMapping.MaxBuckets - 1;

    private const double Nanosecond = 1e-9;

    private readonly HistogramMapping _mapping = new();

    /// <summary>Starts a histogram.</summary>
    public void Begin() => _mapping.Begin();

    /// <summary>The recordings of exactly 0.</summary>
    public void AddZeros(long count) => _mapping.AddBucket(0, 0, count);

    /// <summary>The recordings in the bucket with this index: above base^index, up to base^(index + 1).</summary>
    public void AddBucket(int scale, int index, long count)
    {
        if (count > 0)
        {
            _mapping.AddBucket(Bound(scale, index), Bound(scale, index + 1), count);
        }
    }

    /// <summary>Ends the histogram and writes what it holds, in ascending order.</summary>
    /// <param name="sum">The sum of all recordings.</param>
    /// <param name="min">The smallest recording.</param>
    /// <param name="max">The largest recording.</param>
    /// <param name="result">Receives values and counts; what it held before is gone.</param>
    public void End(double sum, double min, double max, ValueDistribution result) =>
        _mapping.End(sum, min, max, areExact: true, Nanosecond, result);

    /// <summary>base^index with base = 2^(2^-scale), by the definition of the OpenTelemetry data model.</summary>
    public static double Bound(int scale, int index) => Math.Pow(2, Math.ScaleB(index, -scale));
}
