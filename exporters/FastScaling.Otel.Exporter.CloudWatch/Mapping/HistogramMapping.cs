namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// A histogram of any kind as values and counts, at most 150: count, minimum and maximum exact, the sum exact to
/// rounding, and every value inside the bucket that it stands for.
/// </summary>
/// <remarks>
/// A percentile of the result lies in the same bucket as the true one, so it is off by less than the width of that
/// bucket, where the outermost buckets end at the minimum and the maximum. A histogram with more than 148 buckets in
/// use has neighbours made one, as many as it takes, and the width is that of the wider bucket. Where the minimum is not
/// known, recordings are taken not to be negative unless the sum says so. Otherwise, an outermost bucket without a bound of
/// its own ends where the sum would put it if all other recordings were as small (as large) as they can be.
/// </remarks>
internal sealed class HistogramMapping
{
    /// <summary>The most buckets of a datum: the minimum and the maximum can each take a place of their own.</summary>
    public const int MaxBuckets = ValueDistribution.MaxValues - 2;

    // How far the sum of many recordings can be below the true one by rounding, relatively.
    private const double SumTolerance = 1e-9;

    // Buckets in use: their count, the bounds between which the recordings lie, and, once they are no more than a datum
    // can hold, the value that stands for each.
    private double[] _lower = new double[ValueDistribution.MaxValues];
    private double[] _upper = new double[ValueDistribution.MaxValues];
    private readonly double[] _value = new double[ValueDistribution.MaxValues];
    private long[] _count = new long[ValueDistribution.MaxValues];
    private int _length;

    /// <summary>Starts a histogram.</summary>
    public void Begin() => _length = 0;

    /// <summary>Adds a bucket, above the last one.</summary>
    /// <param name="lower">The smallest recording that it can hold; negative infinity when there is no bound.</param>
    /// <param name="upper">The largest one; infinity when there is no bound.</param>
    /// <param name="count">How many recordings it holds.</param>
    public void AddBucket(double lower, double upper, long count)
    {
        if (count <= 0)
        {
            return;
        }

        if (_length == _lower.Length)
        {
            Grow();
        }

        _lower[_length] = lower;
        _upper[_length] = upper;
        _count[_length++] = count;
    }

    /// <summary>Ends the histogram and writes what it holds, in ascending order.</summary>
    /// <param name="sum">The sum of all recordings; when it is not finite, it is not met.</param>
    /// <param name="min">The smallest recording, or NaN when it is not known.</param>
    /// <param name="max">The largest recording, or NaN when it is not known.</param>
    /// <param name="areExact">
    /// Whether minimum and maximum are of these recordings; else they are only bounds between which these lie.
    /// </param>
    /// <param name="step">Values are rounded to multiples of this, which are quick to write; 0 for none.</param>
    /// <param name="result">Receives values and counts; what it held before is gone.</param>
    public void End(double sum, double min, double max, bool areExact, double step, ValueDistribution result)
    {
        result.Clear();
        if (_length == 0)
        {
            return;
        }

        Merge();
        areExact &= double.IsFinite(min) && double.IsFinite(max);
        if (areExact)
        {
            min = CloudWatchValue.Clamp(min);
            max = CloudWatchValue.Clamp(max);
        }

        SetBounds(sum, min, max);
        if (areExact)
        {
            // One recording is the minimum and one the maximum; the rest has what they leave of the sum.
            _count[0]--;
            _count[_length - 1]--;
            var hasOneRecording = _length == 1 && _count[0] < 0;
            if (hasOneRecording)
            {
                result.Add(max, 1);
                return;
            }

            sum = sum - min - max;
        }

        new BucketValues(_length, _lower, _upper, _count, _value).Meet(sum, step);
        if (areExact)
        {
            result.Add(min, 1);
        }

        for (var i = 0; i < _length; i++)
        {
            result.Add(_value[i], _count[i]);
        }

        if (areExact)
        {
            result.Add(max, 1);
        }
    }

    /// <summary>Finite bounds, within what CloudWatch takes, and a value in the middle of them.</summary>
    private void SetBounds(double sum, double min, double max)
    {
        var lowest = double.IsFinite(min) ? min : LowestBy(sum);
        var highest = double.IsFinite(max) ? max : HighestBy(sum);
        lowest = CloudWatchValue.Clamp(lowest);
        highest = Math.Max(lowest, CloudWatchValue.Clamp(highest));
        for (var i = 0; i < _length; i++)
        {
            _lower[i] = Math.Clamp(_lower[i], lowest, highest);
            _upper[i] = Math.Clamp(_upper[i], lowest, highest);
            _value[i] = _lower[i] + ((_upper[i] - _lower[i]) / 2);
        }
    }

    private double LowestBy(double sum)
    {
        if (double.IsFinite(_lower[0]))
        {
            return _lower[0];
        }

        // A lone bucket without any bound holds equal recordings, for all that is known.
        if (!double.IsFinite(_upper[0]))
        {
            return double.IsFinite(sum) ? sum / _count[0] : 0;
        }

        if (_upper[0] >= 0 && CanBeMetFromZero(sum))
        {
            return 0;
        }

        var left = sum;
        for (var i = 1; i < _length; i++)
        {
            left -= (double.IsFinite(_upper[i]) ? _upper[i] : _lower[i]) * _count[i];
        }

        return double.IsFinite(left) ? Math.Min(_upper[0], left / _count[0]) : _upper[0];
    }

    /// <summary>
    /// Whether the lowest bucket can begin at 0. What is measured is hardly ever negative; only a sum that is too small
    /// for that says otherwise.
    /// </summary>
    private bool CanBeMetFromZero(double sum)
    {
        double least = 0;
        for (var i = 1; i < _length; i++)
        {
            least += _lower[i] * _count[i];
        }

        return !double.IsFinite(sum) || sum >= least * (1 - SumTolerance);
    }

    private double HighestBy(double sum)
    {
        var last = _length - 1;
        if (double.IsFinite(_upper[last]))
        {
            return _upper[last];
        }

        var left = sum;
        for (var i = 0; i < last; i++)
        {
            left -= (double.IsFinite(_lower[i]) ? _lower[i] : _upper[i]) * _count[i];
        }

        return double.IsFinite(left) ? Math.Max(_lower[last], left / _count[last]) : _lower[last];
    }

    /// <summary>Makes neighbours one, as many each as it takes to have no more than a datum can hold.</summary>
    private void Merge()
    {
        if (_length <= MaxBuckets)
        {
            return;
        }

        var together = (_length + MaxBuckets - 1) / MaxBuckets;
        var length = 0;
        for (var i = 0; i < _length; i += together)
        {
            var end = Math.Min(i + together, _length);
            long count = 0;
            for (var j = i; j < end; j++)
            {
                count += _count[j];
            }

            (_lower[length], _upper[length], _count[length]) = (_lower[i], _upper[end - 1], count);
            length++;
        }

        _length = length;
    }

    private void Grow()
    {
        Array.Resize(ref _lower, _length * 2);
        Array.Resize(ref _upper, _length * 2);
        Array.Resize(ref _count, _length * 2);
    }
}
