namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// The values that stand for the buckets of a histogram: moves them, each inside its bucket, so that together they meet the
/// sum of the recordings.
/// </summary>
internal readonly ref struct BucketValues
{
    // The sum is met when it is this close, relatively; a double cannot do much better.
    private const double SumTolerance = 1e-14;

    private readonly ReadOnlySpan<double> _lower;
    private readonly ReadOnlySpan<double> _upper;
    private readonly ReadOnlySpan<long> _counts;
    private readonly Span<double> _values;

    /// <param name="length">How many buckets there are; what the others have beyond does not count.</param>
    /// <param name="lower">The smallest recording that each bucket can hold.</param>
    /// <param name="upper">The largest one.</param>
    /// <param name="counts">How many recordings each holds.</param>
    /// <param name="values">The value of each, inside its bucket.</param>
    public BucketValues(int length, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, ReadOnlySpan<long> counts, Span<double> values)
    {
        _lower = lower[..length];
        _upper = upper[..length];
        _counts = counts[..length];
        _values = values[..length];
    }

    /// <summary>Moves the values.</summary>
    /// <param name="sum">The sum to meet; when it is not finite, nothing is done.</param>
    /// <param name="step">Values are rounded to multiples of this; 0 for none.</param>
    public void Meet(double sum, double step)
    {
        if (!double.IsFinite(sum))
        {
            return;
        }

        MoveTo(sum);
        if (step > 0)
        {
            RoundBut(sum, step);
        }
        else
        {
            MoveTo(sum); // What the first move missed by rounding.
        }
    }

    /// <summary>Moves every value by the same fraction of the way to a bound of its bucket, so that the sum is met.</summary>
    private void MoveTo(double sum)
    {
        double current = 0;
        double lowest = 0;
        double highest = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            current += _values[i] * _counts[i];
            lowest += _lower[i] * _counts[i];
            highest += _upper[i] * _counts[i];
        }

        var up = sum > current;
        if (Math.Abs(sum - current) <= SumTolerance * Math.Abs(sum))
        {
            return;
        }

        var room = up ? highest - current : current - lowest;
        var fraction = Math.Min(1, Math.Abs(sum - current) / room);
        for (var i = 0; i < _values.Length; i++)
        {
            var bound = up ? _upper[i] : _lower[i];
            _values[i] = Math.Clamp(_values[i] + (fraction * (bound - _values[i])), _lower[i], _upper[i]);
        }
    }

    /// <summary>
    /// Rounds the values but for one: it takes up what rounding changed, so that the sum is still met.
    /// </summary>
    private void RoundBut(double sum, double step)
    {
        var perStep = 1 / step;
        double rounded = 0;
        var absorbing = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            var whole = Math.Round(_values[i] * perStep) / perStep;
            _values[i] = whole >= _lower[i] && whole <= _upper[i] ? whole : _values[i];
            rounded += _values[i] * _counts[i];
            absorbing = RoomOf(i) > RoomOf(absorbing) ? i : absorbing;
        }

        var value = _values[absorbing] + ((sum - rounded) / _counts[absorbing]);
        if (value >= _lower[absorbing] && value <= _upper[absorbing])
        {
            _values[absorbing] = value;
        }
        else
        {
            MoveTo(sum); // Empty buckets, or narrower ones than the step: nothing was gained by rounding.
        }
    }

    private double RoomOf(int bucket) => (_upper[bucket] - _lower[bucket]) * _counts[bucket];
}
