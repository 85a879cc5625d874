using System.Collections.Concurrent;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// Sends on a thread of its own: when the schedule says so, or at once when asked to. A call that hangs holds up
/// nothing but the next call.
/// </summary>
internal sealed class SendingThread
{
    private readonly Sender _sender;
    private readonly ICallSchedule _schedule;
    private readonly TimeSpan _requestTimeout;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<FlushRequest> _flushes = new();
    private readonly WakeSignal _wake = new();
    private readonly Thread _thread;
    private readonly long _start;
    private readonly Func<TimeSpan, bool> _waitForRetry;
    private readonly Func<TimeSpan, bool> _waitAtTheEnd;
    private volatile Deadline? _current;
    private volatile Deadline? _last;
    private readonly Action? _onTurn;
    private TimeSpan? _lastThrottled;
    private bool _isRequested;
    private volatile bool _hasEnded;

    /// <param name="sender">Sends what is pending. Belongs to the thread, which disposes it at its end.</param>
    /// <param name="schedule">Says when, by the time since this object was made.</param>
    /// <param name="requestTimeout">How long the calls of one turn may take.</param>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="onTurn">Called on the thread after each turn.</param>
    public SendingThread(Sender sender, ICallSchedule schedule, TimeSpan requestTimeout, TimeProvider time, Action? onTurn = null)
    {
        _sender = sender;
        _schedule = schedule;
        _requestTimeout = requestTimeout;
        _time = time;
        _onTurn = onTurn;
        _start = time.GetTimestamp();
        _waitForRetry = WaitForRetry;
        _waitAtTheEnd = WaitAtTheEnd;
        _thread = new Thread(Run) { IsBackground = true, Name = "FastScaling sending" };
    }

    public void Start() => _thread.UnsafeStart();

    /// <summary>Sends what is pending without waiting for the schedule.</summary>
    public void SendNow()
    {
        Volatile.Write(ref _isRequested, true);
        _wake.Set();
    }

    /// <summary>The time that the schedule goes by.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>The schedule has changed: a call may be due earlier than it was.</summary>
    public void Reschedule() => _wake.Set();

    /// <summary>Sends what is pending and waits for it, without the thread pool.</summary>
    /// <returns>Whether all of it was accepted in time.</returns>
    public bool Flush(TimeSpan timeout)
    {
        var request = new FlushRequest();
        _flushes.Enqueue(request);
        _wake.Set();
        return !_hasEnded && request.Wait(timeout);
    }

    /// <summary>Sends the rest and ends, in the given time, even when an earlier call hangs.</summary>
    public void Stop(TimeSpan timeout)
    {
        var last = new Deadline(timeout);
        _last = last;
        _wake.Set();
        if (!_thread.Join(timeout / 2))
        {
            // What hangs is given up, so that the rest has the other half of the time.
            if (_current is { } current && current != last)
            {
                current.Cancel();
            }

            _thread.Join(last.Remaining + SocketWait.Slice);
        }
    }

    private bool IsStopping => _last is not null;

    /// <summary>Waits before another attempt.</summary>
    /// <returns>Whether the time has passed; false when the process stops, and the rest is wanted at once.</returns>
    private bool WaitForRetry(TimeSpan time)
    {
        var end = _time.GetElapsedTime(_start) + time;
        var wasWoken = false;
        while (!IsStopping && end - _time.GetElapsedTime(_start) is var left && left > TimeSpan.Zero)
        {
            wasWoken |= _wake.Wait(left);
        }

        if (wasWoken)
        {
            _wake.Set(); // What the signal was meant for is still to be done.
        }

        return !IsStopping;
    }

    private bool WaitAtTheEnd(TimeSpan time)
    {
        // Nothing wakes the thread any more: what is waited for is only the time.
        var isInTime = time < _last!.Remaining;
        if (isInTime)
        {
            new WakeSignal().Wait(time);
        }

        return isInTime;
    }

    private void Run()
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        while (!IsStopping)
        {
            var wait = _schedule.UntilDue(_time.GetElapsedTime(_start));
            if (wait > TimeSpan.Zero)
            {
                _wake.Wait(wait);
            }

            // Taken before readiness is asked for: the request that readiness itself makes must not get lost.
            var isRequested = Interlocked.Exchange(ref _isRequested, false);
            var isDue = _schedule.TakeIfDue(_time.GetElapsedTime(_start));
            if (!IsStopping && (isDue || isRequested || !_flushes.IsEmpty) && _sender.IsReady)
            {
                Turn(new Deadline(_requestTimeout));
            }
        }

        while (!_sender.IsReady && _sender.MayBecomeReady && _last!.Remaining > TimeSpan.Zero)
        {
            _wake.Wait(SocketWait.Slice);
        }

        _hasEnded = true;
        Turn(_last!, isLast: true);
        _sender.Abandon();
        _sender.Dispose();
    }

    private void Turn(Deadline deadline, bool isLast = false)
    {
        var waiting = _flushes.ToArray();
        _current = deadline;
        var succeeded = false;
        try
        {
            var newest = _sender.NewestAcceptedSecond;
            succeeded = _sender.IsReady && _sender.SendPending(deadline, isLast ? _waitAtTheEnd : _waitForRetry, isLast);
            var throttled = _sender.LastThrottled;
            _schedule.OnResult(Elapsed, succeeded, _sender.NewestAcceptedSecond != newest, isThrottled: throttled != _lastThrottled);
            _lastThrottled = throttled;
            _onTurn?.Invoke();
        }
        catch (Exception exception)
        {
            // A turn may fail, the next one comes; the host must not notice.
            ExporterEventSource.Log.Failed("Sending", exception);
        }

        _current = null;
        for (var i = 0; i < waiting.Length && _flushes.TryDequeue(out var flush); i++)
        {
            flush.Complete(succeeded);
        }
    }
}
