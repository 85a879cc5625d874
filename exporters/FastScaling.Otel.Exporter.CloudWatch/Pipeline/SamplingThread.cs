using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Threading;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// Samples the signals at every whole second, on a thread of its own that waits for nothing else: neither for a call nor
/// for the thread pool nor for a log.
/// </summary>
internal sealed class SamplingThread
{
    private readonly SignalCollector _collector;
    private readonly Sampler _sampler;
    private readonly PendingSamples _pending;
    private readonly ExporterStatistics _statistics;
    private readonly Func<ClockReading> _clock;
    private readonly CustomSignals _custom;
    private readonly SurgeWatch _watch;
    private readonly Action<int> _onSamples;
    private readonly Action _onDrainingSample;
    private readonly SignalReading _reading = new();
    private readonly WakeSignal _isListening = new();
    private readonly CollectionThread _thread;
    private volatile bool _isDraining;

    /// <param name="collector">Reads the instruments.</param>
    /// <param name="sampler">Turns readings into samples.</param>
    /// <param name="schedule">Says when.</param>
    /// <param name="pending">Receives the samples.</param>
    /// <param name="statistics">Counts them.</param>
    /// <param name="clock">Reads the clocks.</param>
    /// <param name="custom">The application's own signals.</param>
    /// <param name="watch">Looks at all values.</param>
    /// <param name="onSamples">Called with the number of samples that a collection has added to those that wait.</param>
    /// <param name="onDrainingSample">Called when a sample should leave at once, because the process is being stopped.</param>
    public SamplingThread(
        SignalCollector collector,
        Sampler sampler,
        SampleSchedule schedule,
        PendingSamples pending,
        ExporterStatistics statistics,
        Func<ClockReading> clock,
        CustomSignals custom,
        SurgeWatch watch,
        Action<int> onSamples,
        Action onDrainingSample)
    {
        _collector = collector;
        _sampler = sampler;
        _pending = pending;
        _statistics = statistics;
        _clock = clock;
        _custom = custom;
        _watch = watch;
        _onSamples = onSamples;
        _onDrainingSample = onDrainingSample;
        _thread = new CollectionThread("FastScaling sampling", "Sampling", schedule, clock, Collect)
        {
            OnBegin = Listen,
            OnAnnounce = custom.IsEmpty ? null : custom.Ask,
            Lead = CustomSignals.Lead,
        };
    }

    public void Start() => _thread.Start();

    /// <summary>Waits until the instruments are listened to.</summary>
    public bool WaitUntilListening(TimeSpan timeout) => _isListening.Wait(timeout);

    /// <summary>From now on there are no zeros, and every sample leaves at once.</summary>
    public void Drain()
    {
        _isDraining = true;
        _onDrainingSample();
    }

    /// <summary>Takes the last sample, with the second in progress, and ends.</summary>
    public void Stop(TimeSpan timeout)
    {
        _isDraining = true;
        _thread.BeginStop();
        _thread.WaitForEnd(timeout);
    }

    private void Listen()
    {
        try
        {
            _collector.Open();
        }
        catch (Exception exception)
        {
            // The next collection tries again.
            ExporterEventSource.Log.Failed("Listening", exception);
        }

        _isListening.Set();
    }

    private void Collect(SampleRange range, ClockReading now)
    {
        _collector.CollectInto(_reading);
        var lateness = range.Lateness + (_clock().Monotonic - now.Monotonic);
        _sampler.IsDraining = _isDraining;
        var (samples, data) = _sampler.Take(_reading, range, now.Monotonic, _pending);
        if (!_custom.IsEmpty)
        {
            var more = _custom.Take(range.SecondAt(range.Count - 1), _isDraining, _watch, _pending);
            data += more;
            samples = Math.Max(samples, Math.Sign(more));
        }

        _statistics.Collected(samples, data, range.Gap, lateness);
        ExporterEventSource.Log.Collected(range.First, samples, lateness);
        _onSamples(samples);
        if (samples > 0 && _isDraining)
        {
            _onDrainingSample();
        }
    }
}
