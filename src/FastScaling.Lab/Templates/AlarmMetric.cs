namespace FastScaling.Lab.Templates;

/// <summary>One entry of <c>Metrics</c>: an expression, or a metric.</summary>
internal sealed record AlarmMetric(Mark Mark, string Id, string? Expression, MetricReference? Metric, bool ReturnsData, int? Period);
