using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// Turns the metrics of an application, of any kind and temporality, into data of a second. Tags that are no dimensions
/// are dropped here and not by a view, which would keep only the last value of an observable instrument. Not thread-safe.
/// </summary>
internal sealed class MetricMapping
{
    /// <summary>A series in which nothing was found for so long is forgotten and makes room for others.</summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(15);

    // A block is about half of the largest request, whatever the names are.
    private const int MaxBlockBytes = 490_000;
    private const int MaxBlockData = 500;

    // Value and count at their longest, with commas, and what else a datum has.
    private const int BytesPerValue = 48;
    private const int BytesPerDatum = 120;

    private readonly MappingSettings _settings;
    private readonly Dictionary<(string Meter, string Name, string Unit, MetricKind Kind), MetricStream> _streams = [];
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly HistogramMapping _mapping = new();
    private readonly HistogramData _histogram = new();
    private readonly ValueDistribution _distribution = new();
    private readonly TagKey _key = new();
    private long _collection;
    private int _unpublishable;
    private int _folded;
    private int _sdkOverflow;
    private string? _nameClash;

    public MetricMapping(MappingSettings settings) => _settings = settings;

    /// <summary>How many series there are, without overflow series.</summary>
    public int SeriesCount { get; private set; }

    /// <summary>Reads a collection.</summary>
    public void Read(in Batch<Metric> batch)
    {
        _collection++;
        foreach (var metric in batch)
        {
            try
            {
                Read(metric);
            }
            catch (Exception exception)
            {
                // One metric must not cost the others.
                ExporterEventSource.Log.Failed($"Reading the metric '{metric.Name}'", exception);
            }
        }
    }

    /// <summary>Writes what has been read since the last call, in blocks that fit into a request.</summary>
    /// <param name="second">The second that the data are stamped with.</param>
    /// <param name="isDraining">Whether the process is being stopped: then there are no zeros.</param>
    /// <param name="rent">Gives an empty sample.</param>
    /// <param name="add">Takes a filled one.</param>
    public MappingCounts Write(long second, bool isDraining, Func<Sample> rent, Action<Sample> add)
    {
        var maxData = Math.Min(MaxBlockData, MaxBlockBytes / Math.Max(1, _settings.DimensionBytes));
        Sample? block = null;
        var bytes = 0;
        foreach (var stream in _streams.Values)
        {
            foreach (var state in stream.Series.Values)
            {
                WriteSeries(stream, state);
            }

            if (stream.Overflow is { } overflow)
            {
                WriteSeries(stream, overflow);
            }
        }

        if (block is not null)
        {
            add(block);
        }

        Forget(second);
        var counts = new MappingCounts(_unpublishable, _folded, _sdkOverflow, _nameClash);
        (_unpublishable, _folded, _sdkOverflow, _nameClash) = (0, 0, 0, null);
        return counts;

        void WriteSeries(MetricStream stream, SeriesState state)
        {
            state.LastSecond = state.IsTouched || state.LastSecond == 0 ? second : state.LastSecond;
            if (block is not null && (block.DatumCount >= maxData || bytes >= MaxBlockBytes))
            {
                add(block);
                block = null;
            }

            if (block is null)
            {
                block = rent();
                block.Reset(second);
                bytes = 0;
            }

            Write(stream, state, isDraining, block.Others);
            state.Clear();
            bytes += state.Series.EncodedStart.Length + state.Series.EncodedDimensions.Length + BytesPerDatum;
            bytes += (_distribution.Values.Length + 1) * BytesPerValue;
            if (block.DatumCount == 0)
            {
                bytes = 0;
            }
        }
    }

    private void Write(MetricStream stream, SeriesState state, bool isDraining, SeriesData data)
    {
        _distribution.Clear();
        switch (stream.Kind)
        {
            case MetricKind.Counter when _settings.HasZeros ? isDraining && state.Sum == 0 : state.Sum == 0:
                return;
            case MetricKind.Level when !state.IsTouched:
                return;
            case MetricKind.Counter:
            case MetricKind.Level:
                _unpublishable += data.TryAdd(state.Series, state.Sum * stream.Unit.Factor) ? 0 : 1;
                return;
            case MetricKind.Gauge when state.IsTouched:
                state.MapValues(_mapping, _distribution);
                break;
            case MetricKind.Histogram or MetricKind.ExponentialHistogram when state.Histogram.Count > 0:
                state.Histogram.Map(_mapping, stream.Unit.Step, _distribution);
                break;
            default:
                return;
        }

        _distribution.Scale(stream.Unit.Factor);
        if (_distribution.Values.Length == 1 && _distribution.Counts[0] == 1)
        {
            data.TryAdd(state.Series, _distribution.Values[0]);
        }
        else
        {
            data.Add(state.Series, _distribution);
        }
    }

    private void Read(Metric metric)
    {
        if (KindOf(metric.MetricType) is not { } kind)
        {
            return;
        }

        var stream = StreamOf(metric, kind);
        stream.Collection = _collection;
        var isCumulative = metric.Temporality == AggregationTemporality.Cumulative
            && kind is MetricKind.Counter or MetricKind.Histogram or MetricKind.ExponentialHistogram;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var state = isCumulative ? PointOf(stream, in point) : null;
            if (kind is MetricKind.Histogram or MetricKind.ExponentialHistogram)
            {
                ReadHistogram(stream, in point, state);
            }
            else
            {
                ReadValue(stream, metric.MetricType, in point, state);
            }
        }

        if (isCumulative)
        {
            ForgetPoints(stream);
        }
    }

    private void ReadValue(MetricStream stream, MetricType type, ref readonly MetricPoint point, PointState? state)
    {
        var since = _settings.WatchedSince;
        double value;
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                var sum = point.GetSumLong();
                value = state?.Next(point.StartTime, sum, since) ?? sum;
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                value = point.GetSumDouble();
                value = double.IsFinite(value) ? state?.Next(point.StartTime, value, since) ?? value : value;
                break;
            case MetricType.LongGauge:
                value = point.GetGaugeLastValueLong();
                break;
            default:
                value = point.GetGaugeLastValueDouble();
                break;
        }

        // Before it is added to others, which it would spoil.
        if (!CloudWatchValue.IsAcceptable(value * stream.Unit.Factor))
        {
            _unpublishable++;
        }
        else if (stream.Kind == MetricKind.Gauge)
        {
            SeriesOf(stream, point.Tags).AddValue(value);
        }
        else if (value != 0 || stream.Kind == MetricKind.Level || _settings.HasZeros)
        {
            SeriesOf(stream, point.Tags).AddToSum(value);
        }
    }

    private void ReadHistogram(MetricStream stream, ref readonly MetricPoint point, PointState? state)
    {
        _histogram.Load(in point, stream.Kind);
        state?.Next(point.StartTime, _histogram, _settings.WatchedSince);
        if (_histogram.Count > 0 && !SeriesOf(stream, point.Tags).TryAdd(_histogram))
        {
            _unpublishable++;
        }
    }

    private SeriesState SeriesOf(MetricStream stream, ReadOnlyTagCollection tags)
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
                        IsOfEvents = stream.Kind is MetricKind.Histogram or MetricKind.ExponentialHistogram,
                    });
                stream.Series.Add(_key.Span.ToString(), state);
                return state;
            }
        }

        _folded++;
        return stream.Overflow ??= new SeriesState(
            new Series(stream.Name, stream.Unit.Name, [new(DimensionNames.Overflow, DimensionNames.OverflowValue)]));
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

    private MetricStream StreamOf(Metric metric, MetricKind kind)
    {
        var identity = (metric.MeterName, metric.Name, metric.Unit ?? string.Empty, kind);
        if (_streams.TryGetValue(identity, out var stream))
        {
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
            SurgeThreshold = _settings.SurgeThresholdOf(metric),
        };
        _streams.Add(identity, stream);
        return stream;
    }

    private PointState PointOf(MetricStream stream, ref readonly MetricPoint point)
    {
        _key.SetAll(point.Tags);
        if (!stream.PointsByKey.TryGetValue(_key.Span, out var state))
        {
            state = new PointState();
            stream.Points.Add(_key.Span.ToString(), state);
        }

        state.Collection = _collection;
        return state;
    }

    /// <summary>Cumulative points come in every collection for as long as they live.</summary>
    private void ForgetPoints(MetricStream stream)
    {
        foreach (var (key, state) in stream.Points)
        {
            if (state.Collection != _collection)
            {
                stream.Points.Remove(key);
            }
        }
    }

    private void Forget(long second)
    {
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

    private static MetricKind? KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => MetricKind.Counter,
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => MetricKind.Level,
        MetricType.LongGauge or MetricType.DoubleGauge => MetricKind.Gauge,
        MetricType.Histogram => MetricKind.Histogram,
        MetricType.ExponentialHistogram => MetricKind.ExponentialHistogram,
        _ => null,
    };
}
