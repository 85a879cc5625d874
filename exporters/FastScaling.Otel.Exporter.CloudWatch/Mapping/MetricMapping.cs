using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// Turns the metrics of an application, of any kind and temporality, into data of a second: reads collections into the
/// series of a <see cref="SeriesTable"/>, and has these written by a <see cref="BlockWriter"/>. Not thread-safe.
/// </summary>
internal sealed class MetricMapping
{
    private readonly MappingSettings _settings;
    private readonly SeriesTable _table;
    private readonly BlockWriter _writer;
    private readonly HistogramData _histogram = new();
    private int _unpublishable;

    public MetricMapping(MappingSettings settings)
    {
        _settings = settings;
        _table = new SeriesTable(settings);
        _writer = new BlockWriter(settings);
    }

    /// <summary>How many series there are, without overflow series.</summary>
    public int SeriesCount => _table.SeriesCount;

    /// <summary>Reads a collection.</summary>
    public void Read(in Batch<Metric> batch)
    {
        _table.Begin();
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
        var unpublishable = _unpublishable + _writer.Write(_table.Streams, second, isDraining, rent, add);
        _unpublishable = 0;
        _table.Forget(second);
        return _table.TakeCounts() with { Unpublishable = unpublishable };
    }

    private void Read(Metric metric)
    {
        if (KindOf(metric.MetricType) is not { } kind)
        {
            return;
        }

        var stream = _table.StreamOf(metric, kind);
        var isCumulative = metric.Temporality == AggregationTemporality.Cumulative
            && (kind == MetricKind.Counter || stream.IsHistogram);
        var points = isCumulative ? _table.PointsOf(metric) : null;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var state = points?.Of(point.Tags);
            if (stream.IsHistogram)
            {
                ReadHistogram(stream, in point, state);
            }
            else
            {
                ReadValue(stream, metric.MetricType, in point, state);
            }
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
            _table.SeriesOf(stream, point.Tags).AddValue(value);
        }
        else if (value != 0 || stream.Kind == MetricKind.Level || _settings.HasZeros)
        {
            _table.SeriesOf(stream, point.Tags).AddToSum(value);
        }
    }

    private void ReadHistogram(MetricStream stream, ref readonly MetricPoint point, PointState? state)
    {
        _histogram.Load(in point, stream.Kind);
        state?.Next(point.StartTime, _histogram, _settings.WatchedSince);
        if (_histogram.Count > 0 && !_table.SeriesOf(stream, point.Tags).TryAdd(_histogram))
        {
            _unpublishable++;
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
