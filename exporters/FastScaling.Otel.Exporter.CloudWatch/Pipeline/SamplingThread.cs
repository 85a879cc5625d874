using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// Collects at every whole second, on a thread of its own that waits for nothing else: neither for a call nor for the
/// thread pool nor for a log.
/// </summary>
internal sealed class SamplingThread
{
    private readonly SignalCollector _collector;
    private readonly Sampler _sampler;
    private readonly SampleSchedule _schedule;
    private readonly PendingSamples _pending;
    private readonly ExporterStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly Action _onDrainingSample;
    private readonly SignalReading _reading = new();
    private readonly WakeSignal _wake = new();
    private readonly WakeSignal _isListening = new();
    private readonly Thread _thread;
    private volatile bool _isDraining;
    private volatile bool _isStopping;

    /// <param name="collector">Reads the instruments.</param>
    /// <param name="sampler">Turns readings into samples.</param>
    /// <param name="schedule">Says when.</param>
    /// <param name="pending">Receives the samples.</param>
    /// <param name="statistics">Counts them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onDrainingSample">Called when a sample should leave at once, because the process is being stopped.</param>
    public SamplingThread(
        SignalCollector collector,
        Sampler sampler,
        SampleSchedule schedule,
        PendingSamples pending,
        ExporterStatistics statistics,
        TimeProvider time,
        Action onDrainingSample)
    {
        _collector = collector;
        _sampler = sampler;
        _schedule = schedule;
        _pending = pending;
        _statistics = statistics;
        _time = time;
        _onDrainingSample = onDrainingSample;
        _thread = new Thread(Run) { IsBackground = true, Name = "FastScaling sampling" };
    }

    public void Start() => _thread.UnsafeStart();

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
        _isStopping = true;
        _wake.Set();
        _thread.Join(timeout);
    }

    private TimeSpan Now => _time.GetUtcNow() - DateTimeOffset.UnixEpoch;

    private void Run()
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        Listen();
        while (!_isStopping)
        {
            var wait = _schedule.UntilDue(Now);
            if (wait > TimeSpan.Zero)
            {
                _wake.Wait(wait);
            }
            else
            {
                Take(isLast: false);
            }
        }

        Take(isLast: true);
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

    private void Take(bool isLast)
    {
        try
        {
            var now = Now;
            var range = isLast ? _schedule.TakeLast(now) : _schedule.Take(now);
            if (range.Count == 0)
            {
                return;
            }

            _collector.CollectInto(_reading);
            var lateness = range.Lateness + (Now - now);
            _sampler.IsDraining = _isDraining;
            var (samples, data) = _sampler.Take(_reading, range, now, _pending);
            _statistics.Collected(samples, data, range.Gap, lateness);
            ExporterEventSource.Log.Collected(range.First, samples, lateness);
            if (samples > 0 && _isDraining)
            {
                _onDrainingSample();
            }
        }
        catch (Exception exception)
        {
            // A sample may fail, the next one comes in a second; the host must not notice.
            ExporterEventSource.Log.Failed("Sampling", exception);
        }
    }
}
