namespace FastScaling.Demo.Reading;

/// <summary>A value as CloudWatch gives it.</summary>
/// <param name="Second">The start of its period, in seconds since 1970.</param>
/// <param name="Value">The statistic.</param>
internal readonly record struct MetricPoint(long Second, double Value);
