using FastScaling.Otel.Exporter.CloudWatch.Aws;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// The metrics of an application and their series: to which one a point belongs, what there is no room for, and what is
/// forgotten. Tags that are no dimensions are dropped here and not by a view, which would keep only the last value of an
/// observable instrument. Not thread-safe.
/// </summary>
internal sealed class SeriesTable
{
    /// <summary>A series in which nothing was found for so long is forgotten and makes room for others.</summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(15);

    private readonly MappingSettings _settings;
    private readonly Dictionary<MetricIdentity, MetricStream> _streams = [];
    private readonly Dictionary<Metric, CumulativePoints> _points = [];
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly TagKey _key = new();
    private long _collection;
    private int _folded;
    private int _sdkOverflow;
    private string? _nameClash;

    public SeriesTable(MappingSettings settings) => _settings = settings;

    /// <summary>How many series there are, without overflow series.</summary>
    public int SeriesCount { get; private set; }

    public Dictionary<MetricIdentity, MetricStream>.ValueCollection Streams => _streams.Values;

    /// <summary>A collection begins.</summary>
    public void Begin() => _collection++;

    /// <summary>The metric with its series.</summary>
    public MetricStream StreamOf(Metric metric, MetricKind kind)
    {
        var identity = new MetricIdentity(metric.MeterName, metric.Name, metric.Unit, kind);
        if (_streams.TryGetValue(identity, out var stream))
        {
            stream.Collection = _collection;
            return stream;
        }

        // The first meter to use a name keeps it; the names of others say whose they are.
        var name = metric.Name;
        if (!_owners.TryAdd(name, metric.MeterName) && _owners[name] != metric.MeterName)
        {
            name = $"{metric.MeterName}/{name}";
            _nameClash = name;
        }

        stream = new MetricStream(
            AcceptableText.Name(name), kind, CloudWatchUnit.Of(metric.Unit, _settings.Durations), _settings.TagsOf(metric))
        {
            Collection = _collection,
            SurgeThreshold = _settings.SurgeThresholdOf(metric),
        };
        _streams.Add(identity, stream);
        return stream;
    }

    /// <summary>What is known of the cumulative points of a metric.</summary>
    public CumulativePoints PointsOf(Metric metric)
    {
        if (!_points.TryGetValue(metric, out var points))
        {
            points = new CumulativePoints(_key);
            _points.Add(metric, points);
        }

        points.Collection = _collection;
        return points;
    }

    /// <summary>The series of a point, by those of its tags that are dimensions; the overflow series when there is no room for it.</summary>
    public SeriesState SeriesOf(MetricStream stream, ReadOnlyTagCollection tags)
    {
        var isOverflow = _key.SetChosen(tags, stream.Tags, stream.TagValues);
        _sdkOverflow += isOverflow ? 1 : 0;

        // Without tags to tell series apart, what the SDK had no room for belongs to the one series like all else.
        if (!isOverflow || stream.Tags.Count == 0)
        {
            if (stream.SeriesByKey.TryGetValue(_key.Span, out var known))
            {
                return known;
            }

            if (SeriesCount < _settings.MaxSeries)
            {
                SeriesCount++;
                var state = new SeriesState(
                    new Series(stream.Name, stream.Unit.Name, DimensionsOf(stream))
                    {
                        SurgeThreshold = stream.SurgeThreshold,
                        IsOfEvents = stream.IsHistogram,
                    });
                stream.Series.Add(_key.Span.ToString(), state);
                return state;
            }
        }

        _folded++;
        return stream.Overflow ??= new SeriesState(
            new Series(stream.Name, stream.Unit.Name, [new(DimensionNames.Overflow, DimensionNames.OverflowValue)]));
    }

    /// <summary>Forgets series and metrics that have been without a point for long, and cumulative points that are gone.</summary>
    /// <param name="second">The second of the collection.</param>
    public void Forget(long second)
    {
        ForgetPoints();
        if (_settings.HasZeros)
        {
            return; // These series are signals: they are 0 for good.
        }

        var oldest = second - (long)ForgetAfter.TotalSeconds;
        foreach (var stream in _streams.Values)
        {
            foreach (var (key, state) in stream.Series)
            {
                if (state.LastSecond < oldest)
                {
                    stream.Series.Remove(key);
                    SeriesCount--;
                }
            }

            stream.Overflow = stream.Overflow?.LastSecond < oldest ? null : stream.Overflow;
        }

        ForgetStreams();
    }

    /// <summary>What happened since the last call; values that cannot be published are not counted here.</summary>
    public MappingCounts TakeCounts()
    {
        var counts = new MappingCounts(0, _folded, _sdkOverflow, _nameClash);
        (_folded, _sdkOverflow, _nameClash) = (0, 0, null);
        return counts;
    }

    private static KeyValuePair<string, string>[] DimensionsOf(MetricStream stream)
    {
        var dimensions = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < stream.Tags.Count; i++)
        {
            if (stream.TagValues[i] is { } value)
            {
                dimensions.Add(new(stream.Tags[i], value));
            }
        }

        return [.. dimensions];
    }

    /// <summary>A metric with cumulative points comes in every collection for as long as it lives.</summary>
    private void ForgetPoints()
    {
        foreach (var (metric, points) in _points)
        {
            if (points.Collection != _collection)
            {
                _points.Remove(metric);
            }
        }
    }

    private void ForgetStreams()
    {
        foreach (var (identity, stream) in _streams)
        {
            if (stream.Collection != _collection && stream.Series.Count == 0 && stream.Overflow is null)
            {
                _streams.Remove(identity);
                if (_owners.GetValueOrDefault(identity.Name) == identity.Meter)
                {
                    _owners.Remove(identity.Name);
                }
            }
        }
    }
}
