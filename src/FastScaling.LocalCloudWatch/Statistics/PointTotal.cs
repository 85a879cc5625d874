namespace FastScaling.LocalCloudWatch.Statistics;

/// <summary>All that was put for one second, or one minute, of a series. It grows in place: many publishers add to the same second.</summary>
internal sealed class PointTotal
{
    // Values are appended as they come, and sorted and merged only when the room is used up or somebody reads.
    private double[] _values = [];
    private double[] _counts = [];
    private int _length;
    private bool _isSorted = true;

    public PointTotal(long second)
    {
        Second = second;
    }

    /// <summary>The start of the second or minute, in seconds since the epoch.</summary>
    public long Second { get; }

    public double SampleCount { get; private set; }

    public double Sum { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether single values are known: what percentiles need.</summary>
    public bool HasValues => _length > 0;

    /// <summary>What it costs to keep: one, and one for each value it remembers.</summary>
    public long Weight => 1 + _length;

    public void Add(Aggregate aggregate)
    {
        Add(aggregate.SampleCount, aggregate.Sum, aggregate.Minimum, aggregate.Maximum);
        Append(aggregate.Distribution.Values, aggregate.Distribution.Counts);
    }

    public void Add(PointTotal other)
    {
        Add(other.SampleCount, other.Sum, other.Minimum, other.Maximum);
        Append(other._values.AsSpan(0, other._length), other._counts.AsSpan(0, other._length));
    }

    /// <summary>A copy of the single values.</summary>
    public Distribution ToDistribution()
    {
        Compact();
        return Distribution.OfSorted(_values[.._length], _counts[.._length]);
    }

    private void Add(double sampleCount, double sum, double minimum, double maximum)
    {
        SampleCount += sampleCount;
        Sum += sum;
        Minimum = Math.Min(Minimum, minimum);
        Maximum = Math.Max(Maximum, maximum);
    }

    private void Append(ReadOnlySpan<double> values, ReadOnlySpan<double> counts)
    {
        if (values.IsEmpty)
        {
            return;
        }

        if (values.Length == 1 && _length > 0 && _values[_length - 1] == values[0])
        {
            _counts[_length - 1] += counts[0];
            return;
        }

        if (_length + values.Length > _values.Length)
        {
            Compact();
            if (_length + values.Length > _values.Length)
            {
                var room = Math.Max(_length + values.Length, _length == 0 ? 1 : _length * 2);
                Array.Resize(ref _values, room);
                Array.Resize(ref _counts, room);
            }
        }

        _isSorted = _isSorted && (_length == 0 || _values[_length - 1] < values[0]);
        values.CopyTo(_values.AsSpan(_length));
        counts.CopyTo(_counts.AsSpan(_length));
        _isSorted = _isSorted && values.Length == 1;
        _length += values.Length;
    }

    private void Compact()
    {
        if (_isSorted)
        {
            return;
        }

        _length = Distribution.SortAndMerge(_values.AsSpan(0, _length), _counts.AsSpan(0, _length));
        _isSorted = true;
    }
}
