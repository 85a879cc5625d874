namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record MetricInput(string? Namespace, string? MetricName, IReadOnlyList<DimensionInput> Dimensions);
