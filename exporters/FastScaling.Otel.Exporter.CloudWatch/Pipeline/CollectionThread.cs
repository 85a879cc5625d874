using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// Calls for a collection at every whole second, on a thread of its own that waits for nothing else; when it is stopped, once
/// more with the second in progress. A collection that throws costs itself alone.
/// </summary>
internal sealed class CollectionThread
{
    private readonly string _activity;
    private readonly SampleSchedule _schedule;
    private readonly Func<ClockReading> _clock;
    private readonly Action<SampleRange, ClockReading> _collect;
    private readonly WakeSignal _wake = new();
    private readonly Thread _thread;
    private bool _isAnnounced;
    private volatile bool _isStopping;

    /// <param name="name">The name of the thread.</param>
    /// <param name="activity">What it does, for a message.</param>
    /// <param name="schedule">Says when.</param>
    /// <param name="clock">Reads the clocks.</param>
    /// <param name="collect">Called with the seconds that the collection covers, at least one, and when it began.</param>
    public CollectionThread(string name, string activity, SampleSchedule schedule, Func<ClockReading> clock, Action<SampleRange, ClockReading> collect)
    {
        _activity = activity;
        _schedule = schedule;
        _clock = clock;
        _collect = collect;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Called on the thread before all else. Must not throw.</summary>
    public Action? OnBegin { get; init; }

    /// <summary>Called on the thread after the last collection.</summary>
    public Action? OnEnd { get; init; }

    /// <summary>Called once before each collection, by <see cref="Lead"/>; null for nothing.</summary>
    public Action? OnAnnounce { get; init; }

    public TimeSpan Lead { get; init; }

    public void Start() => _thread.UnsafeStart();

    /// <summary>Begins to take the last collection and to end.</summary>
    public void BeginStop()
    {
        _isStopping = true;
        _wake.Set();
    }

    /// <summary>Waits for the end. What hangs is left behind.</summary>
    public void WaitForEnd(TimeSpan timeout) => _thread.Join(timeout);

    private void Run()
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        OnBegin?.Invoke();
        while (!_isStopping)
        {
            var wait = _schedule.UntilDue(_clock());
            var mustAnnounce = OnAnnounce is not null && !_isAnnounced;
            if (mustAnnounce && wait <= Lead)
            {
                OnAnnounce!();
                _isAnnounced = true;
            }
            else if (wait > TimeSpan.Zero)
            {
                _wake.Wait(mustAnnounce ? wait - Lead : wait);
            }
            else
            {
                Collect(isLast: false);
            }
        }

        Collect(isLast: true);
        OnEnd?.Invoke();
    }

    private void Collect(bool isLast)
    {
        _isAnnounced = false;
        try
        {
            var now = _clock();
            var range = isLast ? _schedule.TakeLast(now) : _schedule.Take(now);
            if (range.Count > 0)
            {
                _collect(range, now);
            }
        }
        catch (Exception exception)
        {
            // A collection may fail, the next one comes in a second; the host must not notice.
            ExporterEventSource.Log.Failed(_activity, exception);
        }
    }
}
