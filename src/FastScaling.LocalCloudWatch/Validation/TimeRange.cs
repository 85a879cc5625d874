namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>Whole seconds since the epoch: <paramref name="Start"/> inclusive, <paramref name="End"/> exclusive.</summary>
internal readonly record struct TimeRange(long Start, long End)
{
    // Nothing before the epoch is ever stored, so the start may be moved there.
    public static TimeRange Of(DateTimeOffset start, DateTimeOffset end) =>
        new(Math.Max(0, Ceiling(start)), Math.Max(0, Ceiling(end)));

    /// <summary>
    /// The start is rounded down to a whole period, as CloudWatch documents it for periods up to a minute; longer ones are treated alike, so that
    /// no bucket is a partial one at its beginning.
    /// </summary>
    public TimeRange FromWholePeriod(int period) => this with { Start = Start - (Start % period) };

    // A stored second belongs to the range when it is not before the start and before the end: both bounds round up.
    private static long Ceiling(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        return (milliseconds / 1000) + (milliseconds % 1000 > 0 ? 1 : 0);
    }
}
