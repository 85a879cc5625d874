namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// A base-2 exponential histogram as values and counts: count, minimum and maximum exact, the sum exact to rounding,
/// and every value inside the bucket that it stands for.
/// </summary>
/// <remarks>
/// A percentile of the result lies in the same bucket as the true one, so its relative error is below the width of a
/// bucket, 2^(2^-scale) - 1: 0.27 % at scale 8, 4.4 % at scale 4, 19 % at scale 2. The SDK lowers the scale until what
/// was recorded fits into its buckets.
/// </remarks>
internal sealed class ExponentialHistogramMapping
{
    /// <summary>
    /// The most buckets that a histogram may have so that it fits into one datum: the value 0, the minimum and the
    /// maximum can each take a place of their own.
    /// </summary>
    public const int MaxBuckets = ValueDistribution.MaxValues - 3;

    private const double NanosecondsPerSecond = 1e9;

    // A group of recordings: their count, the bounds between which they lie, and the value that stands for each.
    private readonly double[] _lower = new double[ValueDistribution.MaxValues];
    private readonly double[] _upper = new double[ValueDistribution.MaxValues];
    private readonly double[] _value = new double[ValueDistribution.MaxValues];
    private readonly long[] _count = new long[ValueDistribution.MaxValues];
    private int _length;

    /// <summary>Starts a histogram.</summary>
    public void Begin() => _length = 0;

    /// <summary>The recordings of exactly 0.</summary>
    public void AddZeros(long count) => AddGroup(0, 0, count);

    /// <summary>The recordings in the bucket with this index: above base^index, up to base^(index + 1).</summary>
    public void AddBucket(int scale, int index, long count)
    {
        if (count > 0)
        {
            AddGroup(Bound(scale, index), Bound(scale, index + 1), count);
        }
    }

    /// <summary>Ends the histogram and writes what it holds, in ascending order.</summary>
    /// <param name="sum">The sum of all recordings.</param>
    /// <param name="min">The smallest recording.</param>
    /// <param name="max">The largest recording.</param>
    /// <param name="result">Receives values and counts; what it held before is gone.</param>
    public void End(double sum, double min, double max, ValueDistribution result)
    {
        result.Clear();
        if (_length == 0)
        {
            return;
        }

        // The bounds of the outermost buckets are tighter than the buckets, and so is the error.
        for (var i = 0; i < _length; i++)
        {
            _lower[i] = Math.Clamp(_lower[i], min, max);
            _upper[i] = Math.Clamp(_upper[i], min, max);
            _value[i] = _lower[i] + ((_upper[i] - _lower[i]) / 2);
        }

        // One recording is the minimum and one the maximum; the rest has what they leave of the sum.
        _count[0]--;
        _count[_length - 1]--;
        var hasOneRecording = _length == 1 && _count[0] < 0;
        if (hasOneRecording)
        {
            result.Add(max, 1);
            return;
        }

        var rest = sum - min - max;
        MoveTo(rest);
        RoundBut(rest);

        result.Add(min, 1);
        for (var i = 0; i < _length; i++)
        {
            result.Add(_value[i], _count[i]);
        }

        result.Add(max, 1);
    }

    /// <summary>Moves every value by the same fraction of the way to a bound of its bucket, so that the sum is met.</summary>
    private void MoveTo(double sum)
    {
        double current = 0;
        double lowest = 0;
        double highest = 0;
        for (var i = 0; i < _length; i++)
        {
            current += _value[i] * _count[i];
            lowest += _lower[i] * _count[i];
            highest += _upper[i] * _count[i];
        }

        var up = sum > current;
        var room = up ? highest - current : current - lowest;
        if (room <= 0)
        {
            return;
        }

        var fraction = Math.Min(1, Math.Abs(sum - current) / room);
        for (var i = 0; i < _length; i++)
        {
            var bound = up ? _upper[i] : _lower[i];
            _value[i] = Math.Clamp(_value[i] + (fraction * (bound - _value[i])), _lower[i], _upper[i]);
        }
    }

    /// <summary>
    /// Rounds the values to whole nanoseconds, which are quick to write and compress well, but for one: it takes up
    /// what rounding changed, so that the sum is still met.
    /// </summary>
    private void RoundBut(double sum)
    {
        double rounded = 0;
        var absorbing = 0;
        for (var i = 0; i < _length; i++)
        {
            var nanoseconds = Math.Round(_value[i] * NanosecondsPerSecond) / NanosecondsPerSecond;
            _value[i] = nanoseconds >= _lower[i] && nanoseconds <= _upper[i] ? nanoseconds : _value[i];
            rounded += _value[i] * _count[i];
            absorbing = Room(i) > Room(absorbing) ? i : absorbing;
        }

        if (_count[absorbing] == 0)
        {
            return;
        }

        var value = _value[absorbing] + ((sum - rounded) / _count[absorbing]);
        if (value >= _lower[absorbing] && value <= _upper[absorbing])
        {
            _value[absorbing] = value;
        }
        else
        {
            MoveTo(sum); // Buckets narrower than nanoseconds: nothing was gained by rounding.
        }

        double Room(int i) => (_upper[i] - _lower[i]) * _count[i];
    }

    private void AddGroup(double lower, double upper, long count)
    {
        if (count > 0)
        {
            _lower[_length] = lower;
            _upper[_length] = upper;
            _count[_length++] = count;
        }
    }

    /// <summary>base^index with base = 2^(2^-scale), by the definition of the OpenTelemetry data model.</summary>
    private static double Bound(int scale, int index) =>
        scale > 0 ? Math.Pow(2, Math.ScaleB(index, -scale)) : Math.ScaleB(1, index << -scale);
}
