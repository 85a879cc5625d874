using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>Writes what a collection has found of each series as data, in blocks that fit into a request. Not thread-safe.</summary>
internal sealed class BlockWriter
{
    // A block is about half of the largest request, whatever names and dimensions are.
    private const int MaxBlockBytes = 490_000;
    private const int MaxBlockData = 500;

    // Value and count at their longest, with commas, and what else a datum has.
    private const int BytesPerValue = 48;
    private const int BytesPerDatum = 120;

    private readonly MappingSettings _settings;
    private readonly HistogramMapping _mapping = new();
    private readonly ValueDistribution _distribution = new();
    private int _unpublishable;

    public BlockWriter(MappingSettings settings) => _settings = settings;

    /// <summary>Writes all that was found, and makes the series ready for the next collection.</summary>
    /// <param name="streams">The metrics with their series.</param>
    /// <param name="second">The second that the data are stamped with.</param>
    /// <param name="isDraining">Whether the process is being stopped: then there are no zeros.</param>
    /// <param name="rent">Gives an empty sample.</param>
    /// <param name="add">Takes a filled one.</param>
    /// <returns>How many values cannot be published.</returns>
    public int Write(Dictionary<MetricIdentity, MetricStream>.ValueCollection streams, long second, bool isDraining, Func<Sample> rent, Action<Sample> add)
    {
        _unpublishable = 0;
        Sample? block = null;
        var bytes = 0;
        foreach (var stream in streams)
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

        return _unpublishable;

        void WriteSeries(MetricStream stream, SeriesState state)
        {
            state.LastSecond = state.IsTouched || state.LastSecond == 0 ? second : state.LastSecond;
            if (block is not null && (block.DatumCount >= MaxBlockData || bytes >= MaxBlockBytes))
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

            var count = block.DatumCount;
            Write(stream, state, isDraining, block.Others);
            state.Clear();
            bytes += block.DatumCount > count ? BytesOfLast(block.Others) : 0;
        }
    }

    private int BytesOfLast(SeriesData data)
    {
        var series = data.SeriesOf(data.Count - 1);
        var values = data.ValuesOf(data.Count - 1).Length;
        return _settings.DimensionBytes + series.EncodedStart.Length + series.EncodedDimensions.Length + BytesPerDatum + (values * BytesPerValue);
    }

    private void Write(MetricStream stream, SeriesState state, bool isDraining, SeriesData data)
    {
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
}
