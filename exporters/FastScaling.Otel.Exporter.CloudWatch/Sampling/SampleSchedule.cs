namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// Says when to collect and which seconds a collection covers. A pure state machine over the time of the wall clock
/// (time since the Unix epoch): every interval is given out at most once, and none is left out unless the process was
/// suspended for more than a minute.
/// </summary>
internal sealed class SampleSchedule
{
    /// <summary>How far back a late collection is spread, and how far the clock may be set back unnoticed.</summary>
    public static readonly TimeSpan CatchUpLimit = TimeSpan.FromMinutes(1);

    private readonly int _step;
    private readonly long _catchUpLimit;
    private long _last;

    /// <param name="interval">The sample interval in whole seconds.</param>
    /// <param name="start">The time at which counting starts: the interval in progress is the first one.</param>
    public SampleSchedule(TimeSpan interval, TimeSpan start)
    {
        _step = (int)interval.TotalSeconds;
        _catchUpLimit = Math.Max(1, (long)CatchUpLimit.TotalSeconds / _step);
        _last = IntervalAt(start) - 1;
    }

    /// <summary>Time until a collection is due; 0 or less when one is.</summary>
    public TimeSpan UntilDue(TimeSpan now) =>
        HasBeenSetBack(now) ? TimeSpan.Zero : TimeSpan.FromSeconds((_last + 2) * _step) - now;

    /// <summary>The intervals that have ended since the last call. The caller's collection covers them.</summary>
    public SampleRange Take(TimeSpan now)
    {
        if (HasBeenSetBack(now))
        {
            // The clock was corrected by more than a minute: go on from the corrected time rather than stay silent
            // until it catches up. Seconds may repeat; CloudWatch adds them up.
            _last = IntervalAt(now) - 1;
        }

        return TakeThrough(IntervalAt(now) - 1, now);
    }

    /// <summary>
    /// As <see cref="Take"/>, with the interval in progress: for the last collection before the end, so that what was
    /// counted in a part of a second is not lost.
    /// </summary>
    public SampleRange TakeLast(TimeSpan now) => TakeThrough(Math.Max(_last + 1, IntervalAt(now)), now);

    private SampleRange TakeThrough(long through, TimeSpan now)
    {
        var ended = through - _last;
        if (ended <= 0)
        {
            return new SampleRange(0, 0, _step, 0, TimeSpan.Zero);
        }

        var due = TimeSpan.FromSeconds((_last + 2) * _step);
        var count = Math.Min(ended, _catchUpLimit);
        _last = through;
        return new SampleRange(
            (through - count + 1) * _step,
            (int)count,
            _step,
            ended - count,
            now > due ? now - due : TimeSpan.Zero);
    }

    private bool HasBeenSetBack(TimeSpan now) => IntervalAt(now) < _last - _catchUpLimit;

    private long IntervalAt(TimeSpan now) => (long)Math.Floor((double)now.Ticks / TimeSpan.TicksPerSecond / _step);
}
