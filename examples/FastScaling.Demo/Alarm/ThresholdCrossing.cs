namespace FastScaling.Demo.Alarm;

/// <summary>The average went over the threshold, or back.</summary>
/// <param name="IsOver">Whether it is over now.</param>
/// <param name="LastSecond">The last second of the window, in seconds since 1970.</param>
/// <param name="Average">The average of the window.</param>
internal readonly record struct ThresholdCrossing(bool IsOver, long LastSecond, double Average);
