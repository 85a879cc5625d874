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

    // The longest that a double or a long becomes in invariant round-trip format, with the comma after it.
    private const int MaxNumberLength = 32;

    // Whole nanoseconds are milliseconds with this many digits after the point, up to what a double can hold.
    private const int FractionDigits = 6;
    private const long Millionth = 1_000_000;
    private const double MaxFixed = (1L << 52) / Millionth;

    // How far a number may be from whole nanoseconds, as a part of it: the rounding errors of the arithmetic.
    private const double FixedTolerance = 1e-12;

    private readonly byte[] _start;
    private readonly byte[][] _heads;
    private readonly byte[][] _taskHeads;
    private readonly byte[] _dimensions;
    private readonly byte[] _endOfHead;
    private byte[] _buffer = new byte[4096];
    private int _length;

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
        _length = 0;
        DatumCount = 0;
        Write(_start);
    }

    /// <summary>Adds the data of a sample, all or none.</summary>
    /// <returns>Whether they fit.</returns>
    public bool TryAdd(Sample sample)
    {
        if (DatumCount + sample.DatumCount > MaxData)
        {
            return false;
        }

        var (length, datumCount) = (_length, DatumCount);
        for (var i = 0; i < _heads.Length; i++)
        {
            if ((sample.Signals & SignalMetric.All[i].Signal) != 0)
            {
                WriteSignal(sample, i);
            }
        }

        for (var i = 0; i < sample.Others.Count && _length <= MaxBytes; i++)
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

        var (length, datumCount) = (_length, DatumCount);
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
        Write("]}"u8);
        return _buffer.AsMemory(0, _length);
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
        if (_length > MaxBytes - "]}".Length)
        {
            (_length, DatumCount) = (length, datumCount);
            return false;
        }

        return true;
    }

    private void WriteSignal(Sample sample, int index)
    {
        WriteSeparator();
        Write(sample.IsPerTask ? _taskHeads[index] : _heads[index]);
        Write(sample.Second);
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
        Write(series.EncodedStart);
        Write(_dimensions);
        if (_dimensions.Length > 0 && !series.EncodedDimensions.IsEmpty)
        {
            Write(","u8);
        }

        Write(series.EncodedDimensions);
        Write(_endOfHead);
        Write(sample.Second);
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
            Write(","u8);
        }
    }

    private void WriteSingle(double value)
    {
        Write(",\"Value\":"u8);
        Write(value);
        Write("}"u8);
    }

    private void WriteDistribution(ReadOnlySpan<double> values, ReadOnlySpan<long> counts, double perUnit)
    {
        Write(",\"Values\":["u8);
        foreach (var value in values)
        {
            WriteShort(value * perUnit);
            Write(","u8);
        }

        _length--;
        Write("],\"Counts\":["u8);
        foreach (var count in counts)
        {
            Write(count);
            Write(","u8);
        }

        _length--;
        Write("]}"u8);
    }

    /// <summary>
    /// Writes a value of a distribution. Whole nanoseconds in milliseconds, as most response times are, take a tenth of
    /// the time that all digits of a double take, and half of the bytes.
    /// </summary>
    private void WriteShort(double value)
    {
        var millionths = value is >= 0 and < MaxFixed ? (long)((value * Millionth) + 0.5) : -1;
        if (Math.Abs((value * Millionth) - millionths) <= value * Millionth * FixedTolerance)
        {
            WriteMillionths(millionths);
        }
        else
        {
            Write(value);
        }
    }

    private void WriteMillionths(long millionths)
    {
        var (whole, fraction) = Math.DivRem(millionths, Millionth);
        Write(whole);
        if (fraction == 0)
        {
            return;
        }

        Reserve(MaxNumberLength);
        var digits = _buffer.AsSpan(_length, 1 + FractionDigits);
        digits[0] = (byte)'.';
        var left = (uint)fraction;
        for (var i = FractionDigits; i > 0; i--)
        {
            digits[i] = (byte)('0' + (left % 10));
            left /= 10;
        }

        _length += digits.TrimEnd((byte)'0').Length;
    }

    private void Write<T>(T number)
        where T : IUtf8SpanFormattable
    {
        Reserve(MaxNumberLength);
        number.TryFormat(_buffer.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }
    }
}
