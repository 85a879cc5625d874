namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>One metric of the application: its unit, the tags that become dimensions, and its series.</summary>
internal sealed class MetricStream
{
    public MetricStream(string name, MetricKind kind, CloudWatchUnit unit, IReadOnlyList<string> tags)
    {
        Name = name;
        Kind = kind;
        Unit = unit;
        Tags = tags;
        TagValues = new string?[tags.Count];
        SeriesByKey = Series.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    /// <summary>The collection that saw the metric last.</summary>
    public long Collection { get; set; }

    public MetricKind Kind { get; }

    /// <summary>Whether the points are distributions, of either kind.</summary>
    public bool IsHistogram => Kind is MetricKind.Histogram or MetricKind.ExponentialHistogram;

    public CloudWatchUnit Unit { get; }

    public IReadOnlyList<string> Tags { get; }

    /// <summary>From where on a rise is a surge; null takes no part.</summary>
    public double? SurgeThreshold { get; init; }

    /// <summary>Room for the values of <see cref="Tags"/> of the point that is being read.</summary>
    public string?[] TagValues { get; }

    public Dictionary<string, SeriesState> Series { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SeriesState>.AlternateLookup<ReadOnlySpan<char>> SeriesByKey { get; }

    /// <summary>The series for everything that there is no room for; null until it is needed.</summary>
    public SeriesState? Overflow { get; set; }
}
