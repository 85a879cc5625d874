using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>One validated query of GetMetricData: a metric, or an expression when it has no source.</summary>
internal sealed record MetricDataQuery(string Id, string Label, bool ReturnData, MetricSource? Source, string? Expression);
