using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly byte[] _start;
    private readonly byte[][] _heads;
    private byte[] _buffer = new byte[4096];
    private int _length;

    public PutMetricDataWriter(string metricNamespace, IReadOnlyList<KeyValuePair<string, string>> dimensions, int storageResolution)
    {
        _start = Encoding.UTF8.GetBytes($"{{\"Namespace\":{Quote(metricNamespace)},\"MetricData\":[");
        var encodedDimensions = string.Join(',', dimensions.Select(d => $"{{\"Name\":{Quote(d.Key)},\"Value\":{Quote(d.Value)}}}"));
        _heads = [.. SignalMetric.All.Select(metric => Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"MetricName\":{Quote(metric.Name)},\"Dimensions\":[{encodedDimensions}],\"Unit\":{Quote(metric.Unit)},\"StorageResolution\":{storageResolution},\"Timestamp\":")))];
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
                WriteDatum(sample, i);
            }
        }

        return Fits(length, datumCount);
    }

    /// <summary>Adds one datum of a sample.</summary>
    /// <returns>Whether it fitted.</returns>
    public bool TryAdd(Sample sample, int datum)
    {
        if (DatumCount == MaxData)
        {
            return false;
        }

        var (length, datumCount) = (_length, DatumCount);
        WriteDatum(sample, IndexOf(sample, datum));
        return Fits(length, datumCount);
    }

    /// <summary>The metric of a datum of a sample.</summary>
    public string NameOf(Sample sample, int datum) => SignalMetric.All[IndexOf(sample, datum)].Name;

    /// <summary>Ends the body. The memory is valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> End()
    {
        Write("]}"u8);
        return _buffer.AsMemory(0, _length);
    }

    private bool Fits(int lengthBefore, int datumCountBefore)
    {
        if (_length > MaxBytes - "]}".Length)
        {
            (_length, DatumCount) = (lengthBefore, datumCountBefore);
            return false;
        }

        return true;
    }

    private int IndexOf(Sample sample, int datum)
    {
        for (var i = 0; i < _heads.Length; i++)
        {
            if ((sample.Signals & SignalMetric.All[i].Signal) != 0 && datum-- == 0)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(datum), datum, "The sample has fewer data.");
    }

    private void WriteDatum(Sample sample, int index)
    {
        var metric = SignalMetric.All[index];
        if (DatumCount++ > 0)
        {
            Write(","u8);
        }

        Write(_heads[index]);
        Write(sample.Second);
        if (metric.Signal == ScalingSignals.ResponseTime)
        {
            WriteDistribution(sample.ResponseTime, metric.PerUnit);
        }
        else
        {
            Write(",\"Value\":"u8);
            Write(sample.ValueOf(metric.Signal) * metric.PerUnit);
            Write("}"u8);
        }
    }

    private void WriteDistribution(ValueDistribution distribution, double perUnit)
    {
        Write(",\"Values\":["u8);
        foreach (var value in distribution.Values)
        {
            WriteMilliseconds(value * perUnit);
            Write(","u8);
        }

        _length--;
        Write("],\"Counts\":["u8);
        foreach (var count in distribution.Counts)
        {
            Write(count);
            Write(","u8);
        }

        _length--;
        Write("]}"u8);
    }

    /// <summary>
    /// Writes a response time. One of whole nanoseconds, as most are, takes a tenth of the time that all digits of a
    /// double take, and half of the bytes.
    /// </summary>
    private void WriteMilliseconds(double milliseconds)
    {
        var millionths = milliseconds is >= 0 and < MaxFixed ? (long)((milliseconds * Millionth) + 0.5) : -1;
        if (Math.Abs((milliseconds * Millionth) - millionths) <= milliseconds * Millionth * FixedTolerance)
        {
            WriteMillionths(millionths);
        }
        else
        {
            Write(milliseconds);
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

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";
}
