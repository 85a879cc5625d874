namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// How far what CloudWatch has is behind: the lag of the newest sample that it accepted. Pure functions of the time.
/// </summary>
/// <param name="name">The name of the pipeline.</param>
/// <param name="warmUpEnds">When samples are there at the latest, since the Unix epoch; there is no lag before.</param>
/// <param name="sampleInterval">How far samples are apart.</param>
/// <param name="exportInterval">How often they are sent.</param>
internal sealed class DeliveryHealth(string name, TimeSpan warmUpEnds, TimeSpan sampleInterval, TimeSpan exportInterval)
{
    public string Name { get; } = name;

    /// <summary>The time since the end of the newest accepted sample, and before the first since the end of warm-up; not negative.</summary>
    public TimeSpan LagAt(TimeSpan now, long? newestAcceptedSecond)
    {
        var accepted = newestAcceptedSecond is { } second ? TimeSpan.FromSeconds(second) + sampleInterval : TimeSpan.Zero;
        var lag = now - (accepted > warmUpEnds ? accepted : warmUpEnds);
        return lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
    }

    /// <summary>The limit, but never so low that the intervals alone pass it: one call may be lost.</summary>
    public TimeSpan LimitFor(TimeSpan wanted)
    {
        var least = (exportInterval * 2) + sampleInterval;
        return wanted > least ? wanted : least;
    }
}
