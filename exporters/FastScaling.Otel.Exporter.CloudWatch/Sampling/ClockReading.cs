namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>Both clocks at one moment.</summary>
/// <param name="Monotonic">Time that only runs forward, from any start. It says how much time has passed.</param>
/// <param name="Wall">Time since the Unix epoch, corrected where that is known. It says which second it is.</param>
internal readonly record struct ClockReading(TimeSpan Monotonic, TimeSpan Wall)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads both clocks, again when the thread was interrupted between the two: that would look like a jump.</summary>
    public static ClockReading Of(TimeProvider time)
    {
        for (var attempt = 0; ; attempt++)
        {
            var before = time.GetElapsedTime(0);
            var wall = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
            if (attempt == 5 || time.GetElapsedTime(0) - before < Patience)
            {
                return new ClockReading(before, wall);
            }
        }
    }
}
