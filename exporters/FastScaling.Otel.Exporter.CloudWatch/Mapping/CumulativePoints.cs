using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// The cumulative points of one metric of the SDK, by all their tags. Not by its name: two metrics can have the same, with
/// other descriptions or views, and points of both with the same tags.
/// </summary>
internal sealed class CumulativePoints
{
    private readonly TagKey _key;
    private readonly Dictionary<string, PointState> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PointState>.AlternateLookup<ReadOnlySpan<char>> _pointsByKey;

    /// <param name="key">What keys are written with.</param>
    public CumulativePoints(TagKey key)
    {
        _key = key;
        _pointsByKey = _points.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The collection that saw the metric last.</summary>
    public long Collection { get; set; }

    /// <summary>What is known of a point.</summary>
    public PointState Of(ReadOnlyTagCollection tags)
    {
        _key.SetAll(tags);
        if (!_pointsByKey.TryGetValue(_key.Span, out var state))
        {
            state = new PointState();
            _points.Add(_key.Span.ToString(), state);
        }

        return state;
    }
}
