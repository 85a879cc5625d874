using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// The counts of a histogram's buckets, with explicit or exponential bounds, that can be added to others and subtracted
/// from later ones. Buffers are kept.
/// </summary>
internal sealed class HistogramData
{
    private long[] _counts = [];
    private double[] _bounds = [];
    private int _length;

    // Exponential ones alone: their scale, the index of the first count, and what has no positive bucket.
    private int _scale;
    private int _offset;
    private long _zeros;
    private long _negatives;

    public bool IsExponential { get; private set; }

    public long Count { get; private set; }

    public double Sum { get; private set; }

    /// <summary>The smallest recording, or NaN.</summary>
    public double Min { get; private set; } = double.NaN;

    /// <summary>The largest recording, or NaN.</summary>
    public double Max { get; private set; } = double.NaN;

    /// <summary>Whether minimum and maximum are of these recordings, and not only bounds of them.</summary>
    public bool HasExtremes { get; private set; }

    public void Clear()
    {
        _length = 0;
        _zeros = 0;
        _negatives = 0;
        Count = 0;
        Sum = 0;
        Min = double.NaN;
        Max = double.NaN;
        HasExtremes = false;
    }

    /// <summary>Makes these the counts of a point.</summary>
    public void Load(ref readonly MetricPoint point, MetricKind kind)
    {
        Clear();
        IsExponential = kind == MetricKind.ExponentialHistogram;
        Count = point.GetHistogramCount();
        Sum = point.GetHistogramSum();
        if (point.TryGetHistogramMinMaxValues(out var min, out var max))
        {
            (Min, Max, HasExtremes) = (min, max, true);
        }

        if (IsExponential)
        {
            LoadExponential(point.GetExponentialHistogramData());
            return;
        }

        foreach (var bucket in point.GetHistogramBuckets())
        {
            AddExplicit(bucket.ExplicitBound, bucket.BucketCount);
        }
    }

    /// <summary>Makes these explicit buckets: for each its upper bound, the last infinite, and its count.</summary>
    public void Load(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum, double min, double max)
    {
        Clear();
        IsExponential = false;
        for (var i = 0; i < counts.Length; i++)
        {
            AddExplicit(i < bounds.Length ? bounds[i] : double.PositiveInfinity, counts[i]);
            Count += counts[i];
        }

        (Sum, Min, Max, HasExtremes) = (sum, min, max, !double.IsNaN(min) && !double.IsNaN(max));
    }

    public void CopyTo(HistogramData other)
    {
        other.Clear();
        other.IsExponential = IsExponential;
        other.Reserve(_length);
        _counts.AsSpan(0, _length).CopyTo(other._counts);
        if (!IsExponential)
        {
            _bounds.AsSpan(0, _length).CopyTo(other._bounds);
        }

        (other._length, other._scale, other._offset, other._zeros, other._negatives) = (_length, _scale, _offset, _zeros, _negatives);
        (other.Count, other.Sum, other.Min, other.Max, other.HasExtremes) = (Count, Sum, Min, Max, HasExtremes);
    }

    /// <summary>Adds the recordings of another histogram of the same metric.</summary>
    /// <returns>False, and nothing added, when its explicit bounds are others.</returns>
    public bool TryAdd(HistogramData other)
    {
        if (Count == 0)
        {
            other.CopyTo(this);
            return true;
        }

        if (IsExponential != other.IsExponential || (!IsExponential && !HasBoundsOf(other)))
        {
            return false;
        }

        if (IsExponential)
        {
            var scale = Math.Min(_scale, other._scale);
            DownscaleTo(scale);
            var shift = other._scale - scale;
            if (other._length > 0)
            {
                Include(other._offset >> shift, (other._offset + other._length - 1) >> shift);
                for (var i = 0; i < other._length; i++)
                {
                    _counts[((other._offset + i) >> shift) - _offset] += other._counts[i];
                }
            }
        }
        else
        {
            for (var i = 0; i < _length; i++)
            {
                _counts[i] += other._counts[i];
            }
        }

        _zeros += other._zeros;
        _negatives += other._negatives;
        Count += other.Count;
        Sum += other.Sum;
        HasExtremes &= other.HasExtremes;
        Min = Math.Min(Min, other.Min); // NaN when either is not known.
        Max = Math.Max(Max, other.Max);
        return true;
    }

    /// <summary>Leaves what came after an earlier reading of the same histogram.</summary>
    /// <returns>False, and nothing changed, when this is no continuation of it: a count has fallen.</returns>
    public bool TrySubtract(HistogramData earlier)
    {
        if (IsExponential != earlier.IsExponential
            || Count < earlier.Count
            || _zeros < earlier._zeros
            || _negatives < earlier._negatives
            || (!IsExponential && !HasBoundsOf(earlier))
            || (IsExponential && _scale > earlier._scale))
        {
            return false;
        }

        var shift = IsExponential ? earlier._scale - _scale : 0;
        if (!IsContinuationOf(earlier, shift))
        {
            return false;
        }

        for (var i = 0; i < earlier._length; i++)
        {
            if (earlier._counts[i] != 0)
            {
                _counts[IndexOf(earlier, i, shift)] -= earlier._counts[i];
            }
        }

        _zeros -= earlier._zeros;
        _negatives -= earlier._negatives;
        Count -= earlier.Count;
        Sum -= earlier.Sum;
        HasExtremes = false; // Those of the whole life: bounds at best.
        return true;
    }

    /// <summary>Writes the recordings as values and counts.</summary>
    /// <param name="mapping">Does it.</param>
    /// <param name="step">What values are rounded to; 0 for nothing.</param>
    /// <param name="result">Receives them.</param>
    public void Map(HistogramMapping mapping, double step, ValueDistribution result)
    {
        mapping.Begin();
        if (IsExponential)
        {
            mapping.AddBucket(double.NegativeInfinity, -double.Epsilon, _negatives);
            mapping.AddBucket(0, 0, _zeros);
            for (var i = 0; i < _length; i++)
            {
                mapping.AddBucket(
                    ExponentialHistogramMapping.Bound(_scale, _offset + i),
                    ExponentialHistogramMapping.Bound(_scale, _offset + i + 1),
                    _counts[i]);
            }
        }
        else if (_length == 0)
        {
            mapping.AddBucket(double.NegativeInfinity, double.PositiveInfinity, Count);
        }
        else
        {
            for (var i = 0; i < _length; i++)
            {
                mapping.AddBucket(LowerBound(i), _bounds[i], _counts[i]);
            }
        }

        mapping.End(Sum, Min, Max, HasExtremes, step, result);
    }

    // A bound belongs to the bucket below it. The first bucket begins at 0 where nothing else is known.
    private double LowerBound(int index) =>
        index > 0 ? Math.BitIncrement(_bounds[index - 1])
        : _bounds[0] > 0 && !double.IsFinite(Min) ? 0
        : double.NegativeInfinity;

    private void LoadExponential(ExponentialHistogramData data)
    {
        _scale = data.Scale;
        _offset = data.PositiveBuckets.Offset;
        _zeros = data.ZeroCount;
        _negatives = Count - _zeros;
        foreach (var count in data.PositiveBuckets)
        {
            Reserve(_length + 1);
            _counts[_length++] = count;
            _negatives -= count;
        }

        // The count can be read a moment before or after the buckets, by other readers.
        _negatives = Math.Max(0, _negatives);
    }

    private void AddExplicit(double bound, long count)
    {
        Reserve(_length + 1);
        _bounds[_length] = bound;
        _counts[_length++] = count;
    }

    private bool HasBoundsOf(HistogramData other) =>
        _bounds.AsSpan(0, _length).SequenceEqual(other._bounds.AsSpan(0, other._length));

    private int IndexOf(HistogramData earlier, int index, int shift) =>
        IsExponential ? ((earlier._offset + index) >> shift) - _offset : index;

    private bool IsContinuationOf(HistogramData earlier, int shift)
    {
        // Several earlier buckets can be one now: what is left of it is counted while going through them, in order.
        var (index, left) = (-1, 0L);
        for (var i = 0; i < earlier._length; i++)
        {
            if (earlier._counts[i] == 0)
            {
                continue;
            }

            var now = IndexOf(earlier, i, shift);
            if (now < 0 || now >= _length)
            {
                return false;
            }

            (index, left) = now == index ? (index, left) : (now, _counts[now]);
            left -= earlier._counts[i];
            if (left < 0)
            {
                return false;
            }
        }

        return true;
    }

    private void DownscaleTo(int scale)
    {
        var shift = _scale - scale;
        _scale = scale;
        if (shift == 0 || _length == 0)
        {
            return;
        }

        var offset = _offset >> shift;
        var length = ((_offset + _length - 1) >> shift) - offset + 1;
        for (var i = 0; i < _length; i++)
        {
            var target = ((_offset + i) >> shift) - offset;
            var count = _counts[i];
            _counts[i] = 0;
            _counts[target] += count;
        }

        (_offset, _length) = (offset, length);
    }

    /// <summary>Makes room for buckets of these indexes.</summary>
    private void Include(int first, int last)
    {
        if (_length == 0)
        {
            Reserve(last - first + 1);
            _counts.AsSpan(0, last - first + 1).Clear();
            (_offset, _length) = (first, last - first + 1);
            return;
        }

        var (offset, end) = (Math.Min(first, _offset), Math.Max(last + 1, _offset + _length));
        Reserve(end - offset);
        _counts.AsSpan(0, _length).CopyTo(_counts.AsSpan(_offset - offset));
        _counts.AsSpan(0, _offset - offset).Clear();
        _counts.AsSpan(_offset - offset + _length, end - (_offset + _length)).Clear();
        (_offset, _length) = (offset, end - offset);
    }

    private void Reserve(int length)
    {
        if (_counts.Length < length)
        {
            var size = Math.Max(length, Math.Max(16, _counts.Length * 2));
            Array.Resize(ref _counts, size);
            Array.Resize(ref _bounds, size);
        }
    }
}
