namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// Values with how often each occurred, ascending: what CloudWatch calls <c>Values</c> and <c>Counts</c>. At most 150.
/// Buffers grow to what is needed and are kept.
/// </summary>
internal sealed class ValueDistribution
{
    /// <summary>The most values that one datum may have (PutMetricData, API reference).</summary>
    public const int MaxValues = 150;

    private double[] _values = [];
    private long[] _counts = [];
    private int _length;

    public bool IsEmpty => _length == 0;

    public ReadOnlySpan<double> Values => _values.AsSpan(0, _length);

    public ReadOnlySpan<long> Counts => _counts.AsSpan(0, _length);

    /// <summary>The memory that the buffers occupy.</summary>
    public int Bytes => _values.Length * (sizeof(double) + sizeof(long));

    public void Clear() => _length = 0;

    /// <summary>Adds a value not smaller than the last one; equal values become one.</summary>
    public void Add(double value, long count)
    {
        if (count <= 0)
        {
            return;
        }

        if (_length > 0 && _values[_length - 1] >= value)
        {
            _counts[_length - 1] += count;
            return;
        }

        if (_length == MaxValues)
        {
            throw new InvalidOperationException($"A datum has at most {MaxValues} values.");
        }

        EnsureCapacity(_length + 1);
        _values[_length] = value;
        _counts[_length++] = count;
    }

    /// <summary>Multiplies all values by a positive factor, within what CloudWatch takes.</summary>
    public void Scale(double factor)
    {
        if (factor == 1)
        {
            return;
        }

        var length = _length;
        _length = 0;
        for (var i = 0; i < length; i++)
        {
            Add(CloudWatchValue.Clamp(_values[i] * factor), _counts[i]);
        }
    }

    public void CopyTo(ValueDistribution other)
    {
        other.EnsureCapacity(_length);
        Values.CopyTo(other._values);
        Counts.CopyTo(other._counts);
        other._length = _length;
    }

    private void EnsureCapacity(int capacity)
    {
        if (_values.Length < capacity)
        {
            var size = Math.Min(MaxValues, Math.Max(capacity, Math.Max(8, _values.Length * 2)));
            Array.Resize(ref _values, size);
            Array.Resize(ref _counts, size);
        }
    }
}
