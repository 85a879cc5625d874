namespace FastScaling.LocalCloudWatch.Protocols;

internal static class EpochSeconds
{
    private static readonly double Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly double Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>To the millisecond. What a date cannot hold becomes the nearest date that can: far outside every accepted window.</summary>
    public static DateTimeOffset ToTime(double seconds)
    {
        if (double.IsNaN(seconds) || seconds <= Earliest)
        {
            return DateTimeOffset.MinValue;
        }

        return seconds >= Latest ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor(seconds * 1000));
    }

    public static double FromTime(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
