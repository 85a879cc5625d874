using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>One statistic of one metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Unit">The unit; null for all.</param>
/// <param name="Statistic">The statistic.</param>
/// <param name="Period">In seconds.</param>
internal sealed record MetricSource(MetricIdentity Metric, string? Unit, Statistic Statistic, int Period);
