using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>One validated query of GetMetricData.</summary>
internal sealed record MetricDataQuery(string Id, string Label, bool ReturnData, MetricIdentity Metric, string? Unit, int Period, Statistic Statistic);
