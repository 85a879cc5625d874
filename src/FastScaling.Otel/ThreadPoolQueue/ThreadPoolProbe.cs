namespace FastScaling.Otel.ThreadPoolQueue;

/// <summary>
/// A work item that goes through the thread pool's queue like any other and so measures how long that takes. At most
/// one waits at any time. Reading takes nothing away, so that any number of readers see the same.
/// </summary>
internal sealed class ThreadPoolProbe : IThreadPoolWorkItem
{
    private const long NotWaiting = 0;

    private readonly TimeProvider _time;
    private readonly Func<ThreadPoolProbe, bool> _enqueue;
    private long _enqueuedAt = NotWaiting;
    private long _lastWait;

    public ThreadPoolProbe(TimeProvider time)
        : this(time, static probe => ThreadPool.UnsafeQueueUserWorkItem(probe, preferLocal: false))
    {
    }

    internal ThreadPoolProbe(TimeProvider time, Func<ThreadPoolProbe, bool> enqueue)
    {
        _time = time;
        _enqueue = enqueue;
    }

    /// <summary>Work items that wait, without the probe itself.</summary>
    public long QueueLength
    {
        get
        {
            var waiting = Volatile.Read(ref _enqueuedAt) == NotWaiting ? 0 : 1;
            return Math.Max(0, ThreadPool.PendingWorkItemCount - waiting);
        }
    }

    /// <summary>
    /// How long work waits now: what the last probe waited, or the age of the one that still waits when that is more.
    /// Leaves the next probe in the queue.
    /// </summary>
    public TimeSpan Observe()
    {
        var now = _time.GetTimestamp();
        var enqueuedAt = Volatile.Read(ref _enqueuedAt);
        var lastWait = Volatile.Read(ref _lastWait);
        if (enqueuedAt != NotWaiting)
        {
            return ToTimeSpan(Math.Max(lastWait, now - enqueuedAt));
        }

        if (Interlocked.CompareExchange(ref _enqueuedAt, Math.Max(1, now), NotWaiting) == NotWaiting)
        {
            _enqueue(this);
        }

        return ToTimeSpan(lastWait);
    }

    public void Execute()
    {
        Volatile.Write(ref _lastWait, Math.Max(0, _time.GetTimestamp() - Volatile.Read(ref _enqueuedAt)));
        Volatile.Write(ref _enqueuedAt, NotWaiting);
    }

    private TimeSpan ToTimeSpan(long ticks) => _time.GetElapsedTime(0, ticks);
}
