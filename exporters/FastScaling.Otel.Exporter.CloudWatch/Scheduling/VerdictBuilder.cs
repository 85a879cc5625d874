namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>Puts together what the values of one collection say. Used by one thread at a time.</summary>
/// <param name="quietBelow">The part of its threshold below which a signal is quiet.</param>
internal sealed class VerdictBuilder(double quietBelow)
{
    /// <summary>The mean of fewer single events, such as the durations of a second's requests, is chance.</summary>
    internal const int FewestEvents = 5;

    private bool _isRising;
    private bool _isQuiet = true;

    /// <summary>Looks at the next value of a signal.</summary>
    public void Observe(SignalLevel level, double value)
    {
        _isRising |= level.Observe(value);
        _isQuiet &= level.IsQuiet(value, quietBelow);
    }

    /// <summary>What the values since the last call say.</summary>
    public SurgeVerdict Take()
    {
        var verdict = new SurgeVerdict(_isRising, _isQuiet);
        _isRising = false;
        _isQuiet = true;
        return verdict;
    }

    /// <summary>The mean of values with how often each occurred; a single value has no count.</summary>
    /// <returns>The mean, or 0 of nothing, and of how many it is.</returns>
    public static (double Mean, long Count) MeanOf(ReadOnlySpan<double> values, ReadOnlySpan<long> counts)
    {
        var (count, sum) = (0L, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var times = Math.Max(1, counts[i]);
            count += times;
            sum += values[i] * times;
        }

        return (count == 0 ? 0 : sum / count, count);
    }
}
