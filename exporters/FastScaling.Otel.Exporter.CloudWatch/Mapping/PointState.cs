namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>What has to be remembered of a cumulative point until the next collection.</summary>
internal sealed class PointState
{
    private CumulativeSum _sum;
    private CumulativeHistogram? _histogram;

    public double Next(DateTimeOffset start, double value, DateTimeOffset watchedSince) => _sum.Next(start, value, watchedSince);

    public long Next(DateTimeOffset start, long value, DateTimeOffset watchedSince) => _sum.Next(start, value, watchedSince);

    public void Next(DateTimeOffset start, HistogramData data, DateTimeOffset watchedSince) =>
        (_histogram ??= new CumulativeHistogram()).Next(start, data, watchedSince);
}
