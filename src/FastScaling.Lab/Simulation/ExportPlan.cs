using FastScaling.Lab.Service;
using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Lab.Simulation;

/// <summary>When one task sends what it has collected: the exporter's own surge decision and schedule, in simulated time.</summary>
internal sealed class ExportPlan
{
    private readonly SurgeWatch _watch;
    private readonly CallSchedule _calls;
    private readonly ScalingSignals _signals;
    private readonly Sample _sample = new();
    private readonly int _start;

    /// <param name="settings">The options of the exporter.</param>
    /// <param name="start">When its process started, in seconds since the start of the simulation.</param>
    /// <param name="random">Its phase and jitter.</param>
    public ExportPlan(ExporterModelSettings settings, int start, Random random)
    {
        _start = start;
        _signals = settings.Signals;
        _watch = new SurgeWatch(settings.SurgeThresholds, settings.Signals, settings.QuietBelow);
        _calls = new CallSchedule(settings.Calls, random);
    }

    /// <summary>The sample of the second that ended now waits to be sent.</summary>
    public void Observe(int now, in TaskSample sample)
    {
        _sample.Reset(sample.Second);
        _sample.Signals = _signals;
        _sample.RequestsPerSecond = sample.Arrivals;
        _sample.ActiveRequests = sample.Active;
        _sample.ActiveConnections = sample.Connections;
        _sample.QueueLength = sample.Queued;
        _sample.QueueDelay = sample.QueueDelayMilliseconds / 1000;
        if (sample.Completed > 0)
        {
            _sample.ResponseTime.Add(sample.ResponseMilliseconds / 1000, sample.Completed);
        }
        else
        {
            _sample.Signals &= ~ScalingSignals.ResponseTime;
        }

        _watch.Observe(_sample);
        _calls.OnSamples(Elapsed(now), _watch.TakeVerdict());
    }

    /// <summary>The time of the next call that is due before another time; null for none. The call counts as taken.</summary>
    public double? TakeCall(double from, double before)
    {
        var elapsed = Elapsed(from);
        while (true)
        {
            var wait = _calls.UntilDue(elapsed);
            elapsed += wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            if (elapsed >= Elapsed(before))
            {
                return null;
            }

            if (_calls.TakeIfDue(elapsed))
            {
                return _start + elapsed.TotalSeconds;
            }
        }
    }

    /// <summary>What became of the call that was taken last.</summary>
    public void OnResult(double now, bool isAccepted) => _calls.OnResult(Elapsed(now), isAccepted, isNewestAccepted: isAccepted, isThrottled: false);

    private TimeSpan Elapsed(double now) => TimeSpan.FromSeconds(now - _start);
}
