namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>The samples that one collection covers, oldest first.</summary>
/// <param name="First">Start of the first sample, in seconds since the Unix epoch.</param>
/// <param name="Count">How many samples; 0 when no sample interval has ended since the last collection.</param>
/// <param name="Step">The sample interval in seconds.</param>
/// <param name="Gap">Sample intervals before <paramref name="First"/> that are left out, after a long suspension.</param>
/// <param name="Lateness">How long after the end of the first interval that it covers the collection came.</param>
internal readonly record struct SampleRange(long First, int Count, int Step, long Gap, TimeSpan Lateness)
{
    /// <summary>
    /// Intervals that the collection covers as well, but whose samples had been given out before the clock was set
    /// back. What was counted in them cannot be stamped.
    /// </summary>
    public long Held { get; init; }

    public long SecondAt(int index) => First + ((long)index * Step);
}
