namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>Reads what is visible now.</summary>
internal interface IPeriodReader
{
    /// <summary>Fills in as many periods as there is room for, oldest first; the last one ends at <paramref name="end"/>, in seconds since the epoch.</summary>
    void Read(MetricSource source, long end, Span<AlarmDatapoint> periods);
}
