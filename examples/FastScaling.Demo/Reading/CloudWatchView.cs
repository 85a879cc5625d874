namespace FastScaling.Demo.Reading;

/// <summary>What CloudWatch shows at one moment.</summary>
internal sealed class CloudWatchView
{
    public const int Columns = 30;

    public CloudWatchView(MetricSeries requests, long? newestSecond, IReadOnlyList<MetricView> metrics)
    {
        Requests = requests;
        NewestSecond = newestSecond;
        Metrics = metrics;
    }

    /// <summary>RequestsPerSecond, by second: what the alarm looks at.</summary>
    public MetricSeries Requests { get; }

    /// <summary>The newest second of which anything is known.</summary>
    public long? NewestSecond { get; }

    public IReadOnlyList<MetricView> Metrics { get; }

    public MetricView this[string label] => Metrics.First(metric => metric.Label == label);
}
