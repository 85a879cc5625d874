namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// Says when to collect and which seconds a collection covers. A pure state machine over the readings of two clocks: the
/// monotonic clock says how many intervals have passed, the wall clock which ones they were.
/// </summary>
/// <remarks>
/// No interval is given out twice, none before it has begun, and none is left out unless the process was suspended for
/// more than a minute. When the wall clock jumps, sampling goes on at the new time: the seconds that it skips did not
/// happen and have no samples. When it is set back to seconds that have samples already, there is none until it
/// has passed them; what was counted meanwhile is shared out evenly, and only the part of the first free second is published.
/// </remarks>
internal sealed class SampleSchedule
{
    /// <summary>How far back a late collection is spread.</summary>
    public static readonly TimeSpan CatchUpLimit = TimeSpan.FromMinutes(1);

    /// <summary>A wall clock that differs from the monotonic one by more than this has jumped; less is followed.</summary>
    internal static readonly TimeSpan JumpLimit = TimeSpan.FromMilliseconds(250);

    private readonly int _step;
    private readonly TimeSpan _interval;
    private readonly long _catchUpLimit;
    private readonly IssuedIntervals _issued = new();
    private TimeSpan _wallAhead;
    private TimeSpan _covered;
    private long _last;
    private long _held;

    /// <param name="interval">The sample interval in whole seconds.</param>
    /// <param name="start">The time at which counting starts: the interval in progress is the first one.</param>
    public SampleSchedule(TimeSpan interval, ClockReading start)
    {
        _interval = interval;
        _step = (int)interval.TotalSeconds;
        _catchUpLimit = Math.Max(1, (long)CatchUpLimit.TotalSeconds / _step);
        _wallAhead = start.Wall - start.Monotonic;
        _last = IntervalAt(start.Wall) - 1;
        _covered = MonotonicAt(_last + 1);
    }

    /// <summary>Time until a collection is due; 0 or less when one is.</summary>
    public TimeSpan UntilDue(ClockReading now)
    {
        Follow(now);
        return StartOf(_last + 2) - now.Wall;
    }

    /// <summary>The intervals that have ended since the last call. The caller's collection covers them.</summary>
    public SampleRange Take(ClockReading now)
    {
        Follow(now);
        return TakeThrough(IntervalAt(now.Wall) - 1, now);
    }

    /// <summary>
    /// As <see cref="Take"/>, with the interval in progress: for the last collection before the end, so that what was
    /// counted in a part of a second is not lost.
    /// </summary>
    public SampleRange TakeLast(ClockReading now)
    {
        Follow(now);
        return TakeThrough(IntervalAt(now.Wall), now);
    }

    private SampleRange TakeThrough(long through, ClockReading now)
    {
        var ended = through - _last;
        if (ended <= 0)
        {
            return new SampleRange(0, 0, _step, 0, TimeSpan.Zero);
        }

        var lateness = now.Monotonic - _covered - _interval;
        var count = Math.Min(ended, _catchUpLimit);
        var free = _issued.LastFree(through - count + 1, through);
        _last = through;
        _covered = MonotonicAt(through + 1);
        if (free.Last < free.First)
        {
            _held += count;
            return new SampleRange(0, 0, _step, 0, TimeSpan.Zero);
        }

        var freeCount = free.Last - free.First + 1;
        var held = _held + count - freeCount;
        _held = 0;
        _issued.Add(free.First, free.Last);
        return new SampleRange(
            free.First * _step,
            (int)freeCount,
            _step,
            ended - count,
            lateness > TimeSpan.Zero ? lateness : TimeSpan.Zero)
        {
            Held = held,
        };
    }

    /// <summary>Follows the wall clock; after a jump only what the monotonic clock has seen pass is still to be covered.</summary>
    private void Follow(ClockReading now)
    {
        var ahead = now.Wall - now.Monotonic;
        var hasJumped = (ahead - _wallAhead).Duration() > JumpLimit;
        _wallAhead = ahead;
        if (hasJumped)
        {
            // Rounded: of a second that the jump cut short, the greater part is worth a sample.
            var passed = Math.Max(0, (long)Math.Round((now.Monotonic - _covered) / _interval));
            _last = IntervalAt(now.Wall) - 1 - passed;
        }
    }

    private TimeSpan StartOf(long interval) => TimeSpan.FromSeconds(interval * _step);

    private TimeSpan MonotonicAt(long interval) => StartOf(interval) - _wallAhead;

    // In whole ticks: a double is too coarse for them by now, and would begin a second 100 ns early.
    private long IntervalAt(TimeSpan wall)
    {
        var (interval, rest) = Math.DivRem(wall.Ticks, _interval.Ticks);
        return rest < 0 ? interval - 1 : interval;
    }
}
