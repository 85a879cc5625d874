using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>How the metrics of an application become CloudWatch data.</summary>
internal sealed record MappingSettings
{
    /// <summary>The tags of a metric that become dimensions.</summary>
    public required Func<Metric, IReadOnlyList<string>> TagsOf { get; init; }

    /// <summary>From where on a rise of a metric is a surge; null takes no part.</summary>
    public Func<Metric, double?> SurgeThresholdOf { get; init; } = static _ => null;

    /// <summary>The unit of durations.</summary>
    public required DurationUnit Durations { get; init; }

    /// <summary>The most series that are told apart.</summary>
    public required int MaxSeries { get; init; }

    /// <summary>Whether a counter that has been seen is 0 while nothing is counted, rather than missing.</summary>
    public bool HasZeros { get; init; }

    /// <summary>How many bytes the dimensions of the service take in a datum, about.</summary>
    public int DimensionBytes { get; init; } = 500;

    /// <summary>Since when metrics are watched (see <see cref="CumulativeSum"/>).</summary>
    public required DateTimeOffset WatchedSince { get; init; }
}
