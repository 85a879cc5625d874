namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// The time that samples are stamped with: the wall clock, unless it is known to be off by more than two seconds. A
/// pure state machine over the clocks and what CloudWatch's replies say. Written by the sending, read by the sampling thread.
/// </summary>
/// <remarks>
/// The reference is kept relative to the monotonic clock, so that it survives a jump of the wall clock: one that goes wrong
/// changes no stamp. A correction stays as it is until the reference moves by a second, since each reply tells
/// the time to a second only, and ends when the wall clock is right to a second again.
/// </remarks>
internal sealed class SampleClock
{
    /// <summary>A wall clock is believed to be right up to here.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Hysteresis = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReferenceLifetime = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TimeSpan? _reference;
    private TimeSpan _referenceAt;
    private TimeSpan? _correction;
    private TimeSpan _offset;

    /// <summary>What is added to the wall clock; zero while it is right.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_lock)
            {
                return _offset;
            }
        }
    }

    /// <summary>The time of CloudWatch, to about a second, at a moment of the monotonic clock.</summary>
    public void OnServerTime(TimeSpan monotonic, TimeSpan server)
    {
        lock (_lock)
        {
            _reference = server - monotonic;
            _referenceAt = monotonic;
        }
    }

    /// <summary>The reading with the wall clock corrected.</summary>
    public ClockReading Correct(ClockReading reading)
    {
        lock (_lock)
        {
            if (_reference is { } reference)
            {
                Decide(reading, reference);
            }

            _offset = _correction is { } correction ? correction + reading.Monotonic - reading.Wall : TimeSpan.Zero;
            return reading with { Wall = reading.Wall + _offset };
        }
    }

    private void Decide(ClockReading reading, TimeSpan reference)
    {
        var error = (reading.Wall - reading.Monotonic - reference).Duration();
        if (_correction is { } correction)
        {
            if (error < Hysteresis)
            {
                _correction = null;
            }
            else if ((reference - correction).Duration() > Hysteresis)
            {
                _correction = reference;
            }
        }
        else if (error > Tolerance && reading.Monotonic - _referenceAt < ReferenceLifetime)
        {
            _correction = reference;
        }
    }
}
