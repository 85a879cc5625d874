namespace FastScaling.Demo.Reading;

/// <summary>What CloudWatch holds of one metric for the last minute, by second.</summary>
internal sealed class MetricSeries
{
    private readonly Dictionary<long, (double Sum, double Samples)> _seconds = [];

    public MetricSeries(IReadOnlyList<MetricPoint> sums, IReadOnlyList<MetricPoint> samples)
    {
        foreach (var (sum, count) in sums.Zip(samples))
        {
            _seconds[sum.Second] = (sum.Value, count.Value);
            Newest = Math.Max(Newest ?? sum.Second, sum.Second);
        }
    }

    /// <summary>The newest second that has data.</summary>
    public long? Newest { get; private set; }

    /// <summary>The oldest second that has data.</summary>
    public long? Oldest => _seconds.Count == 0 ? null : _seconds.Keys.Min();

    /// <summary>The average of one second.</summary>
    public double? At(long second) => _seconds.TryGetValue(second, out var point) ? point.Sum / point.Samples : null;

    /// <summary>
    /// The average over the seconds that end with this one, as CloudWatch computes it: the sum of all samples by their number.
    /// </summary>
    public double? Average(long lastSecond, int seconds)
    {
        var (sum, samples) = (0.0, 0.0);
        for (var second = lastSecond - seconds + 1; second <= lastSecond; second++)
        {
            if (_seconds.TryGetValue(second, out var point))
            {
                sum += point.Sum;
                samples += point.Samples;
            }
        }

        return samples > 0 ? sum / samples : null;
    }

    /// <summary>Whether each of the seconds that end with this one has data.</summary>
    public bool IsWhole(long lastSecond, int seconds) =>
        Enumerable.Range(0, seconds).All(back => _seconds.ContainsKey(lastSecond - back));
}
