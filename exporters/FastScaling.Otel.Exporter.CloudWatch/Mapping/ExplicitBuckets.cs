namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>The counts of buckets with explicit bounds, in ascending order. Buffers are kept.</summary>
internal sealed class ExplicitBuckets
{
    private double[] _bounds = [];
    private long[] _counts = [];
    private int _length;

    public void Clear() => _length = 0;

    /// <summary>Adds a bucket, above the last one.</summary>
    /// <param name="bound">The largest recording that it can hold; infinite for the last one.</param>
    /// <param name="count">How many recordings it holds.</param>
    public void Append(double bound, long count)
    {
        Reserve(_length + 1);
        _bounds[_length] = bound;
        _counts[_length++] = count;
    }

    public void CopyTo(ExplicitBuckets other)
    {
        other.Reserve(_length);
        _bounds.AsSpan(0, _length).CopyTo(other._bounds);
        _counts.AsSpan(0, _length).CopyTo(other._counts);
        other._length = _length;
    }

    /// <summary>Adds the counts of others.</summary>
    /// <returns>False, and nothing added, when their bounds are not the same.</returns>
    public bool TryAdd(ExplicitBuckets other)
    {
        if (!HasBoundsOf(other))
        {
            return false;
        }

        for (var i = 0; i < _length; i++)
        {
            _counts[i] += other._counts[i];
        }

        return true;
    }

    /// <summary>Leaves what came after an earlier reading of the same buckets.</summary>
    /// <returns>False, and nothing changed, when this is no continuation of it.</returns>
    public bool TrySubtract(ExplicitBuckets earlier)
    {
        if (!HasBoundsOf(earlier))
        {
            return false;
        }

        for (var i = 0; i < _length; i++)
        {
            if (_counts[i] < earlier._counts[i])
            {
                return false;
            }
        }

        for (var i = 0; i < _length; i++)
        {
            _counts[i] -= earlier._counts[i];
        }

        return true;
    }

    /// <summary>Gives the buckets to a mapping.</summary>
    /// <param name="mapping">Receives them.</param>
    /// <param name="count">How many recordings there are, also when there are no buckets.</param>
    public void AddTo(HistogramMapping mapping, long count)
    {
        if (_length == 0)
        {
            mapping.AddBucket(double.NegativeInfinity, double.PositiveInfinity, count);
        }

        for (var i = 0; i < _length; i++)
        {
            mapping.AddBucket(LowerBound(i), _bounds[i], _counts[i]);
        }
    }

    // A bound belongs to the bucket below it.
    private double LowerBound(int index) => index > 0 ? Math.BitIncrement(_bounds[index - 1]) : double.NegativeInfinity;

    private bool HasBoundsOf(ExplicitBuckets other) =>
        _bounds.AsSpan(0, _length).SequenceEqual(other._bounds.AsSpan(0, other._length));

    private void Reserve(int length)
    {
        if (_counts.Length < length)
        {
            var size = Math.Max(length, Math.Max(16, _counts.Length * 2));
            Array.Resize(ref _bounds, size);
            Array.Resize(ref _counts, size);
        }
    }
}
