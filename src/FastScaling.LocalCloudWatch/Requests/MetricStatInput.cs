namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record MetricStatInput
{
    public MetricInput? Metric { get; init; }

    public int? Period { get; init; }

    public string? Stat { get; init; }

    public string? Unit { get; init; }
}
