namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// How far the clock of this machine is from CloudWatch's, from the Date header of its replies. A reply says that at some
/// moment between sending and receiving the service's clock showed that second: bounds, which several replies narrow.
/// They are kept against the monotonic clock, so that a wall clock that is set changes the result at once. Thread-safe.
/// </summary>
internal sealed class ClockOffset
{
    // The resolution of the Date header.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    // How fast a clock may drift, as a part of the time: generous for a quartz.
    private const double MaxDrift = 200e-6;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private TimeSpan _lower;
    private TimeSpan _upper;
    private TimeSpan _observed;
    private bool _isKnown;

    public ClockOffset(TimeProvider time) => _time = time;

    /// <summary>The monotonic time.</summary>
    public TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>
    /// What has to be added to the time of this machine to get CloudWatch's; 0 while nothing is known, and when 0 agrees
    /// with all that is known. Otherwise right to about half a second and half a round trip.
    /// </summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_lock)
            {
                if (!_isKnown)
                {
                    return TimeSpan.Zero;
                }

                // Both clocks are read here, so what was learnt stays right when the wall clock is set.
                var now = Now;
                var wall = _time.GetUtcNow() - DateTimeOffset.UnixEpoch - now;
                var drift = (now - _observed) * MaxDrift;
                var (lower, upper) = (_lower - drift - wall, _upper + drift - wall);
                return lower <= TimeSpan.Zero && upper >= TimeSpan.Zero ? TimeSpan.Zero : (lower + upper) / 2;
            }
        }
    }

    /// <summary>CloudWatch's time, as far as it is known.</summary>
    public DateTimeOffset UtcNow => _time.GetUtcNow() + Offset;

    /// <summary>Takes the Date header of a reply into account.</summary>
    /// <param name="date">What the header said.</param>
    /// <param name="sent">The monotonic time at which the request began to leave.</param>
    /// <param name="received">The monotonic time at which the reply had come.</param>
    public void Observe(DateTimeOffset date, TimeSpan sent, TimeSpan received)
    {
        lock (_lock)
        {
            var (lower, upper) = (date - DateTimeOffset.UnixEpoch - received, date - DateTimeOffset.UnixEpoch + Resolution - sent);
            if (_isKnown)
            {
                var drift = (received - _observed) * MaxDrift;
                var (narrowedLower, narrowedUpper) = (Max(lower, _lower - drift), Min(upper, _upper + drift));

                // A reply that contradicts all before it is right: a clock was set, or the machine slept.
                if (narrowedLower <= narrowedUpper)
                {
                    (lower, upper) = (narrowedLower, narrowedUpper);
                }
            }

            (_lower, _upper, _observed, _isKnown) = (lower, upper, received, true);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
