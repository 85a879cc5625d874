using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// The one place that decides what a surge is: looks at every sample, says whether a signal rises, and whether all are
/// far below their thresholds. A pure function of the samples. Used by one thread at a time.
/// </summary>
internal sealed class SurgeWatch
{
    private readonly List<KeyValuePair<ScalingSignals, SignalLevel>> _levels = [];
    private readonly Dictionary<CustomSignal, SignalLevel> _custom = [];
    private readonly VerdictBuilder _verdict;

    /// <param name="thresholds">The threshold of each signal.</param>
    /// <param name="signals">The signals that are published; others are not looked at.</param>
    /// <param name="quietBelow">The part of a threshold below which a signal is quiet.</param>
    /// <param name="custom">The application's own signals.</param>
    public SurgeWatch(SurgeThresholds thresholds, ScalingSignals signals, double quietBelow, IEnumerable<CustomSignal>? custom = null)
    {
        _verdict = new VerdictBuilder(quietBelow);
        foreach (var (signal, threshold) in thresholds.All)
        {
            if (threshold is { } value && (signals & signal) != 0)
            {
                _levels.Add(new(signal, LevelOf(signal, value)));
            }
        }

        foreach (var signal in custom ?? [])
        {
            if (signal.SurgeThreshold is { } threshold)
            {
                _custom.Add(signal, new SignalLevel(threshold, SignalNoise.Measure, 1));
            }
        }
    }

    /// <summary>Looks at the next value of a signal of the application's own.</summary>
    public void Observe(CustomSignal signal, double value)
    {
        if (_custom.TryGetValue(signal, out var level))
        {
            _verdict.Observe(level, value);
        }
    }

    /// <summary>Looks at the next sample, before it is given away.</summary>
    public void Observe(Sample sample)
    {
        foreach (var (signal, level) in _levels)
        {
            if ((sample.Signals & signal) != 0 && TryGetValue(sample, signal, out var value))
            {
                _verdict.Observe(level, value);
            }
        }
    }

    /// <summary>What the samples since the last call say.</summary>
    public SurgeVerdict TakeVerdict() => _verdict.Take();

    /// <summary>
    /// One second of requests, requests in flight or connections is thousands of independent events. One reading of a
    /// queue, or one second of durations, can be a single pause of the garbage collector: those take two in a row.
    /// </summary>
    private static SignalLevel LevelOf(ScalingSignals signal, double threshold) => signal switch
    {
        ScalingSignals.ResponseTime or ScalingSignals.QueueDelay => new SignalLevel(threshold, SignalNoise.Measure, 2),
        ScalingSignals.QueueLength => new SignalLevel(threshold, SignalNoise.Count, 2),
        _ => new SignalLevel(threshold, SignalNoise.Count, 1),
    };

    /// <summary>The value in the unit of the threshold.</summary>
    private static bool TryGetValue(Sample sample, ScalingSignals signal, out double value)
    {
        if (signal == ScalingSignals.ResponseTime)
        {
            var (mean, count) = VerdictBuilder.MeanOf(sample.ResponseTime.Values, sample.ResponseTime.Counts);
            value = mean * 1000;
            return count >= VerdictBuilder.FewestEvents;
        }

        value = sample.ValueOf(signal) * (signal == ScalingSignals.QueueDelay ? 1000 : 1);
        return true;
    }
}
