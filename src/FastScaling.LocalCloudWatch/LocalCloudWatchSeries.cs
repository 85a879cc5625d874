namespace FastScaling.LocalCloudWatch;

/// <summary>One series as held at the moment of the snapshot: a metric, with one unit and one storage resolution.</summary>
public sealed class LocalCloudWatchSeries
{
    internal LocalCloudWatchSeries()
    {
    }

    /// <summary>The namespace of the metric.</summary>
    public string Namespace { get; internal init; } = "";

    /// <summary>The name of the metric.</summary>
    public string MetricName { get; internal init; } = "";

    /// <summary>The dimensions, name and value, in ordinal order of their names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; internal init; } = [];

    /// <summary>The unit in CloudWatch's words, for example <c>Count/Second</c>; <c>None</c> when the data named none.</summary>
    public string Unit { get; internal init; } = "";

    /// <summary>The storage resolution in seconds: 1 or 60.</summary>
    public int StorageResolution { get; internal init; }

    /// <summary>
    /// The data points, oldest first: one a second, kept for 3 hours, when <see cref="StorageResolution"/> is 1; one a minute, kept for 15
    /// days, when it is 60.
    /// </summary>
    public IReadOnlyList<LocalCloudWatchDataPoint> DataPoints { get; internal init; } = [];
}
