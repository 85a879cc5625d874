using System.Globalization;
using System.Text;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>
/// The body of a PutMetricData request in AWS JSON 1.0, written straight to UTF-8. What is the same in every datum of
/// a metric is encoded once. A request never exceeds CloudWatch's limits: what does not fit is not taken.
/// </summary>
internal sealed class PutMetricDataWriter
{
    /// <summary>The most data in one request (PutMetricData, API reference).</summary>
    public const int MaxData = 1000;

    /// <summary>
    /// The most bytes of a body before compression. The limit is 1 MB; whether before or after compression is not
    /// documented, so it is taken as before, with room for the head of the request.
    /// </summary>
    public const int MaxBytes = 990_000;

    private readonly byte[] _start;
    private readonly byte[][] _heads;
    private readonly byte[][] _taskHeads;
    private readonly byte[] _dimensions;
    private readonly byte[] _endOfHead;
    private readonly JsonBuffer _body = new();

    /// <param name="metricNamespace">The CloudWatch namespace.</param>
    /// <param name="dimensions">The dimensions of the service, which all data have.</param>
    /// <param name="storageResolution">In seconds, 1 or 60.</param>
    /// <param name="taskDimensions">The dimensions of signals of the task alone; null when there are none.</param>
    public PutMetricDataWriter(
        string metricNamespace,
        IReadOnlyList<KeyValuePair<string, string>> dimensions,
        int storageResolution,
        IReadOnlyList<KeyValuePair<string, string>>? taskDimensions = null)
    {
        _start = Encoding.UTF8.GetBytes($"{{\"Namespace\":{JsonString.Quote(metricNamespace)},\"MetricData\":[");
        _dimensions = JsonString.Dimensions(dimensions);
        _endOfHead = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"],\"StorageResolution\":{storageResolution},\"Timestamp\":"));
        _heads = HeadsOf(_dimensions, _endOfHead);
        _taskHeads = HeadsOf(JsonString.Dimensions(taskDimensions ?? dimensions), _endOfHead);
    }

    /// <summary>Data in the body so far.</summary>
    public int DatumCount { get; private set; }

    /// <summary>Starts a new body.</summary>
    public void Begin()
    {
        DatumCount = 0;
        _body.Length = 0;
        _body.Write(_start);
    }

    /// <summary>Adds the data of a sample, all or none.</summary>
    /// <returns>Whether they fit.</returns>
    public bool TryAdd(Sample sample)
    {
        if (DatumCount + sample.DatumCount > MaxData)
        {
            return false;
        }

        var (length, datumCount) = (_body.Length, DatumCount);
        for (var i = 0; i < _heads.Length; i++)
        {
            if ((sample.Signals & SignalMetric.All[i].Signal) != 0)
            {
                WriteSignal(sample, i);
            }
        }

        for (var i = 0; i < sample.Others.Count && _body.Length <= MaxBytes; i++)
        {
            WriteOther(sample, i);
        }

        return KeepIfItFits(length, datumCount);
    }

    /// <summary>Adds one datum of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="datum">Which one: 0 up to its <see cref="Sample.DatumCount"/>.</param>
    /// <returns>Whether it fit.</returns>
    public bool TryAdd(Sample sample, int datum)
    {
        if (DatumCount == MaxData)
        {
            return false;
        }

        var (length, datumCount) = (_body.Length, DatumCount);
        if (datum < sample.SignalCount)
        {
            WriteSignal(sample, SignalIndex(sample, datum));
        }
        else
        {
            WriteOther(sample, datum - sample.SignalCount);
        }

        return KeepIfItFits(length, datumCount);
    }

    /// <summary>The name of the metric of one datum of a sample, for a message.</summary>
    public static string NameOf(Sample sample, int datum) =>
        datum < sample.SignalCount
            ? SignalMetric.All[SignalIndex(sample, datum)].Name
            : sample.Others.SeriesOf(datum - sample.SignalCount).MetricName;

    /// <summary>Ends the body. The memory is valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _body.Write("]}"u8);
        return _body.Memory;
    }

    private static byte[][] HeadsOf(byte[] dimensions, byte[] end) => [.. SignalMetric.All.Select(metric =>
        new Series(metric.Name, metric.Unit, [])).Select(series => (byte[])[.. series.EncodedStart, .. dimensions, .. end])];

    private static int SignalIndex(Sample sample, int datum)
    {
        var index = 0;
        while ((sample.Signals & SignalMetric.All[index].Signal) == 0 || datum-- > 0)
        {
            index++;
        }

        return index;
    }

    private bool KeepIfItFits(int length, int datumCount)
    {
        if (_body.Length > MaxBytes - "]}".Length)
        {
            (_body.Length, DatumCount) = (length, datumCount);
            return false;
        }

        return true;
    }

    private void WriteSignal(Sample sample, int index)
    {
        WriteSeparator();
        _body.Write(sample.IsPerTask ? _taskHeads[index] : _heads[index]);
        _body.Write(sample.Second);
        var metric = SignalMetric.All[index];
        if (metric.Signal == ScalingSignals.ResponseTime)
        {
            WriteDistribution(sample.ResponseTime.Values, sample.ResponseTime.Counts, metric.PerUnit);
        }
        else
        {
            WriteSingle(sample.ValueOf(metric.Signal) * metric.PerUnit);
        }
    }

    private void WriteOther(Sample sample, int index)
    {
        var series = sample.Others.SeriesOf(index);
        WriteSeparator();
        _body.Write(series.EncodedStart);
        _body.Write(_dimensions);
        if (_dimensions.Length > 0 && !series.EncodedDimensions.IsEmpty)
        {
            _body.Write(","u8);
        }

        _body.Write(series.EncodedDimensions);
        _body.Write(_endOfHead);
        _body.Write(sample.Second);
        if (sample.Others.IsSingle(index))
        {
            WriteSingle(sample.Others.ValuesOf(index)[0]);
        }
        else
        {
            WriteDistribution(sample.Others.ValuesOf(index), sample.Others.CountsOf(index), 1);
        }
    }

    private void WriteSeparator()
    {
        if (DatumCount++ > 0)
        {
            _body.Write(","u8);
        }
    }

    private void WriteSingle(double value)
    {
        _body.Write(",\"Value\":"u8);
        _body.Write(value);
        _body.Write("}"u8);
    }

    private void WriteDistribution(ReadOnlySpan<double> values, ReadOnlySpan<long> counts, double perUnit)
    {
        _body.Write(",\"Values\":["u8);
        foreach (var value in values)
        {
            _body.WriteShort(value * perUnit);
            _body.Write(","u8);
        }

        _body.Length--; // The last comma.
        _body.Write("],\"Counts\":["u8);
        foreach (var count in counts)
        {
            _body.Write(count);
            _body.Write(","u8);
        }

        _body.Length--; // The last comma.
        _body.Write("]}"u8);
    }
}
