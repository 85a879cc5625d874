namespace FastScaling.Lab.Scaling;

/// <summary>A metric as a target tracking policy names it.</summary>
internal sealed record MetricSpecification(
    string Namespace, string MetricName, IReadOnlyList<KeyValuePair<string, string>> Dimensions, string Statistic, string? Unit);
