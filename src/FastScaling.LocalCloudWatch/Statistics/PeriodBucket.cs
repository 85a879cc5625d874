using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Statistics;

/// <summary>All samples of one period.</summary>
internal sealed class PeriodBucket
{
    private readonly List<Distribution> _distributions = [];
    private double _sampleCount;
    private double _sum;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private Distribution? _pooled;

    private PeriodBucket(long second)
    {
        Second = second;
    }

    /// <summary>The start of the period: a multiple of it since the epoch.</summary>
    public long Second { get; }

    public static void Collect(ReadOnlySpan<StoredPoint> points, int period, IDictionary<long, PeriodBucket> buckets)
    {
        PeriodBucket? bucket = null;
        foreach (var point in points)
        {
            var second = point.Second - (point.Second % period);
            if (bucket?.Second != second && !buckets.TryGetValue(second, out bucket))
            {
                bucket = new PeriodBucket(second);
                buckets.Add(second, bucket);
            }

            bucket.Add(point.Aggregate);
        }
    }

    /// <summary>The statistic, or null when these samples do not have it.</summary>
    public double? Value(Statistic statistic) => statistic.Kind switch
    {
        StatisticKind.SampleCount => _sampleCount,
        StatisticKind.Sum => _sum,
        StatisticKind.Average => _sum / _sampleCount,
        StatisticKind.Minimum => _minimum,
        StatisticKind.Maximum => _maximum,
        _ => Percentile(statistic.Percent),
    };

    // CloudWatch has no percentiles where any value is negative, and none of statistic sets that hide their values. Where a period mixes such
    // sets with raw values, what it answers is not documented; here the percentile is that of the raw values.
    private double? Percentile(double percent)
    {
        if (_minimum < 0 || _distributions.Count == 0)
        {
            return null;
        }

        _pooled ??= Distribution.Pool(_distributions);
        return _pooled.Percentile(percent);
    }

    private void Add(Aggregate aggregate)
    {
        _sampleCount += aggregate.SampleCount;
        _sum += aggregate.Sum;
        _minimum = Math.Min(_minimum, aggregate.Minimum);
        _maximum = Math.Max(_maximum, aggregate.Maximum);
        if (aggregate.Distribution.Length > 0)
        {
            _distributions.Add(aggregate.Distribution);
        }
    }
}
