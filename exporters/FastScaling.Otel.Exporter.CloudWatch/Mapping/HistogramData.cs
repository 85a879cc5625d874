using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// The recordings of a histogram, with explicit or exponential buckets, that can be added to others and subtracted from
/// later ones. Buffers are kept.
/// </summary>
internal sealed class HistogramData
{
    private readonly ExplicitBuckets _explicit = new();
    private readonly ExponentialBuckets _exponential = new();

    /// <summary>Which of the two kinds of buckets are in use.</summary>
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
        _explicit.Clear();
        _exponential.Clear();
        Count = 0;
        Sum = 0;
        Min = double.NaN;
        Max = double.NaN;
        HasExtremes = false;
    }

    /// <summary>Makes these the recordings of a point.</summary>
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
            _exponential.Load(point.GetExponentialHistogramData(), Count);
            return;
        }

        foreach (var bucket in point.GetHistogramBuckets())
        {
            _explicit.Append(bucket.ExplicitBound, bucket.BucketCount);
        }
    }

    /// <summary>Makes these explicit buckets: for each its upper bound, the last infinite, and its count.</summary>
    public void Load(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum, double min, double max)
    {
        Clear();
        IsExponential = false;
        for (var i = 0; i < counts.Length; i++)
        {
            _explicit.Append(i < bounds.Length ? bounds[i] : double.PositiveInfinity, counts[i]);
            Count += counts[i];
        }

        (Sum, Min, Max, HasExtremes) = (sum, min, max, !double.IsNaN(min) && !double.IsNaN(max));
    }

    public void CopyTo(HistogramData other)
    {
        if (IsExponential)
        {
            _exponential.CopyTo(other._exponential);
        }
        else
        {
            _explicit.CopyTo(other._explicit);
        }

        other.IsExponential = IsExponential;
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

        if (IsExponential != other.IsExponential || (!IsExponential && !_explicit.TryAdd(other._explicit)))
        {
            return false;
        }

        if (IsExponential)
        {
            _exponential.Add(other._exponential);
        }

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
            || !(IsExponential ? _exponential.TrySubtract(earlier._exponential) : _explicit.TrySubtract(earlier._explicit)))
        {
            return false;
        }

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
            _exponential.AddTo(mapping);
        }
        else
        {
            _explicit.AddTo(mapping, Count);
        }

        mapping.End(Sum, Min, Max, HasExtremes, step, result);
    }
}
