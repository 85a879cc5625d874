namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// The time that samples are stamped with: the wall clock, unless it is known to be off by more than two seconds. A
/// pure state machine over the clocks and what CloudWatch's replies say. Used by the sampling thread; others may read it.
/// </summary>
/// <remarks>
/// The corrected time runs with the monotonic clock, so that a wall clock that goes wrong changes no stamp. A correction
/// stays as it is until CloudWatch's time has moved by a second against it, since each reply tells the time to a second
/// only, and ends when the wall clock is right to a second again.
/// </remarks>
internal sealed class SampleClock
{
    /// <summary>A wall clock is believed to be right up to here.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Hysteresis = TimeSpan.FromSeconds(1);

    private TimeSpan? _ahead;
    private long _offset;

    /// <summary>What is added to the wall clock; zero while it is right.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offset));

    /// <summary>The reading with the wall clock corrected.</summary>
    /// <param name="reading">Both clocks.</param>
    /// <param name="known">What would have to be added to the wall clock to get CloudWatch's; zero when it is right or nothing is known.</param>
    public ClockReading Correct(ClockReading reading, TimeSpan known)
    {
        var reference = reading.Wall + known - reading.Monotonic;
        if (_ahead is { } ahead)
        {
            _ahead = known.Duration() < Hysteresis ? null : (reference - ahead).Duration() > Hysteresis ? reference : ahead;
        }
        else if (known.Duration() > Tolerance)
        {
            _ahead = reference;
        }

        var corrected = reading with { Wall = _ahead is { } time ? reading.Monotonic + time : reading.Wall };
        Interlocked.Exchange(ref _offset, (corrected.Wall - reading.Wall).Ticks);
        return corrected;
    }
}
