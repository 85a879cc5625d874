using System.Globalization;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>UTF-8 that is being written: texts that are JSON already, and numbers. Grows to what is needed, and is kept.</summary>
internal sealed class JsonBuffer
{
    // The longest that a double or a long becomes in invariant round-trip format, with the comma after it.
    private const int MaxNumberLength = 32;

    // Whole nanoseconds are milliseconds with this many digits after the point, up to what a double can hold.
    private const int FractionDigits = 6;
    private const long Millionth = 1_000_000;
    private const double MaxFixed = (1L << 52) / Millionth;

    // How far a number may be from whole nanoseconds, as a part of it: the rounding errors of the arithmetic.
    private const double FixedTolerance = 1e-12;

    private byte[] _buffer = new byte[4096];

    /// <summary>Bytes written so far; a smaller number takes back what came last.</summary>
    public int Length { get; set; }

    /// <summary>What has been written. Valid until more is.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes a number in full.</summary>
    public void Write<T>(T number)
        where T : IUtf8SpanFormattable
    {
        Reserve(MaxNumberLength);
        number.TryFormat(_buffer.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>
    /// Writes a value of a distribution. Whole nanoseconds in milliseconds, as most response times are, take a tenth of
    /// the time that all digits of a double take, and half of the bytes.
    /// </summary>
    public void WriteShort(double value)
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

        // There is room: the whole part, which has at most ten digits, and this one take less than was reserved for it.
        var digits = _buffer.AsSpan(Length, 1 + FractionDigits);
        digits[0] = (byte)'.';
        var left = (uint)fraction;
        for (var i = FractionDigits; i > 0; i--)
        {
            digits[i] = (byte)('0' + (left % 10));
            left /= 10;
        }

        Length += digits.TrimEnd((byte)'0').Length;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        }
    }
}
