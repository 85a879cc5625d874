namespace FastScaling.LocalCloudWatch.Statistics;

/// <summary>All samples of one period.</summary>
internal sealed class PeriodBucket
{
    private List<Distribution>? _distributions;
    private double _sampleCount;
    private double _sum;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private Distribution? _pooled;

    private PeriodBucket(long second)
    {
        Second = second;
    }

    /// <summary>The start of the period, in seconds since the epoch.</summary>
    public long Second { get; }

    public double SampleCount => _sampleCount;

    /// <summary>Sorts points into periods that are counted from a start. Single values are copied only where percentiles are asked for.</summary>
    public static void Collect(ReadOnlySpan<PointTotal> points, long start, int period, bool withValues, IDictionary<long, PeriodBucket> buckets)
    {
        PeriodBucket? bucket = null;
        foreach (var point in points)
        {
            var second = start + ((point.Second - start) / period * period);
            if (bucket?.Second != second && !buckets.TryGetValue(second, out bucket))
            {
                bucket = new PeriodBucket(second);
                buckets.Add(second, bucket);
            }

            bucket.Add(point, withValues);
        }
    }

    /// <summary>The same for a fixed number of periods, which the array has one place each for.</summary>
    public static void Collect(ReadOnlySpan<PointTotal> points, long start, int period, bool withValues, Span<PeriodBucket?> buckets)
    {
        foreach (var point in points)
        {
            var index = (int)((point.Second - start) / period);
            (buckets[index] ??= new PeriodBucket(start + ((long)index * period))).Add(point, withValues);
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
        if (_minimum < 0 || _distributions is null)
        {
            return null;
        }

        _pooled ??= Distribution.Pool(_distributions);
        return _pooled.Percentile(percent);
    }

    private void Add(PointTotal point, bool withValues)
    {
        _sampleCount += point.SampleCount;
        _sum += point.Sum;
        _minimum = Math.Min(_minimum, point.Minimum);
        _maximum = Math.Max(_maximum, point.Maximum);
        if (withValues && point.HasValues)
        {
            (_distributions ??= []).Add(point.ToDistribution());
        }
    }
}
