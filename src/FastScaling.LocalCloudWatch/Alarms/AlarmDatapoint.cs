namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>One period of what an alarm watches.</summary>
/// <param name="Second">Its start, in seconds since the epoch.</param>
/// <param name="Value">The statistic; NaN when there is none.</param>
/// <param name="SampleCount">The number of samples behind it; NaN for the result of an expression.</param>
internal readonly record struct AlarmDatapoint(long Second, double Value, double SampleCount)
{
    public bool IsMissing => double.IsNaN(Value);
}
