using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>The counts of exponential buckets, and of what has no positive bucket. Buffers are kept.</summary>
internal sealed class ExponentialBuckets
{
    private long[] _counts = [];
    private int _length;
    private int _scale;
    private int _offset; // The index of the first count.
    private long _zeros;
    private long _negatives;

    public void Clear() => (_length, _zeros, _negatives) = (0, 0, 0);

    /// <summary>Makes these the counts of a point.</summary>
    /// <param name="data">Its buckets.</param>
    /// <param name="count">How many recordings there are.</param>
    public void Load(ExponentialHistogramData data, long count)
    {
        Clear();
        _scale = data.Scale;
        _offset = data.PositiveBuckets.Offset;
        _zeros = data.ZeroCount;
        _negatives = count - _zeros;
        foreach (var bucketCount in data.PositiveBuckets)
        {
            Reserve(_length + 1);
            _counts[_length++] = bucketCount;
            _negatives -= bucketCount;
        }

        // The count can be read a moment before or after the buckets, by other readers.
        _negatives = Math.Max(0, _negatives);
    }

    public void CopyTo(ExponentialBuckets other)
    {
        other.Reserve(_length);
        _counts.AsSpan(0, _length).CopyTo(other._counts);
        (other._length, other._scale, other._offset, other._zeros, other._negatives) = (_length, _scale, _offset, _zeros, _negatives);
    }

    /// <summary>
    /// Adds the counts of others, at the lower scale of the two, or at a lower one that keeps all in so many buckets as a
    /// datum can hold: without, two recordings far from each other would have millions of empty ones between them.
    /// </summary>
    public void Add(ExponentialBuckets other)
    {
        _zeros += other._zeros;
        _negatives += other._negatives;
        if (other._length == 0)
        {
            return;
        }

        if (_length == 0)
        {
            (_scale, _offset) = (other._scale, other._offset);
        }

        var scale = Math.Min(_scale, other._scale);
        var (first, last) = RangeWith(other, scale);
        for (; (long)last - first >= ExponentialHistogramMapping.MaxBuckets; first >>= 1, last >>= 1)
        {
            scale--;
        }

        DownscaleTo(scale);
        Include(first, last);
        for (var i = 0; i < other._length; i++)
        {
            _counts[IndexOf(other, i, other._scale - scale)] += other._counts[i];
        }
    }

    /// <summary>Leaves what came after an earlier reading of the same buckets.</summary>
    /// <returns>False, and nothing changed, when this is no continuation of it.</returns>
    public bool TrySubtract(ExponentialBuckets earlier)
    {
        var shift = earlier._scale - _scale;
        if (shift < 0 || _zeros < earlier._zeros || _negatives < earlier._negatives || !IsContinuationOf(earlier, shift))
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
        return true;
    }

    /// <summary>Gives the buckets to a mapping.</summary>
    public void AddTo(HistogramMapping mapping)
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

    /// <summary>Where here the bucket is that a bucket of others falls into.</summary>
    private int IndexOf(ExponentialBuckets others, int index, int shift) => ((others._offset + index) >> shift) - _offset;

    private bool IsContinuationOf(ExponentialBuckets earlier, int shift)
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

    /// <summary>The lowest and the highest index that these and others have together at a scale that neither is below.</summary>
    private (int First, int Last) RangeWith(ExponentialBuckets others, int scale)
    {
        var (shift, shiftOfOthers) = (_scale - scale, others._scale - scale);
        return (
            Math.Min(_offset >> shift, others._offset >> shiftOfOthers),
            Math.Max((_offset + _length - 1) >> shift, (others._offset + others._length - 1) >> shiftOfOthers));
    }

    private void DownscaleTo(int scale)
    {
        var shift = _scale - scale;
        var offset = _offset >> shift;
        var length = 0;
        for (var i = 0; i < _length; i++)
        {
            var target = ((_offset + i) >> shift) - offset;
            var count = _counts[i];
            _counts[i] = 0;
            _counts[target] += count;
            length = target + 1;
        }

        (_scale, _offset, _length) = (scale, offset, length);
    }

    /// <summary>Widens the buckets to these indexes, which those in use are among.</summary>
    private void Include(int first, int last)
    {
        var (before, length) = (_offset - first, last - first + 1);
        Reserve(length);
        _counts.AsSpan(0, _length).CopyTo(_counts.AsSpan(before));
        _counts.AsSpan(0, before).Clear();
        _counts.AsSpan(before + _length, length - before - _length).Clear();
        (_offset, _length) = (first, length);
    }

    private void Reserve(int length)
    {
        if (_counts.Length < length)
        {
            Array.Resize(ref _counts, Math.Max(length, Math.Max(16, _counts.Length * 2)));
        }
    }
}
