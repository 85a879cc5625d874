namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>How the points of a metric are put together and published.</summary>
internal enum MetricKind
{
    /// <summary>Sums that only grow: their increase is added up and published as one value.</summary>
    Counter,

    /// <summary>Sums that also fall: the present values are added up and published as one value.</summary>
    Level,

    /// <summary>Values that cannot be added up: all of them are published, with how often each occurred.</summary>
    Gauge,

    /// <summary>Distributions with explicit bounds.</summary>
    Histogram,

    /// <summary>Distributions with exponential bounds.</summary>
    ExponentialHistogram,
}
