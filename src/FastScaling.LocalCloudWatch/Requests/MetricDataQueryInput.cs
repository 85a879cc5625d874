namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record MetricDataQueryInput
{
    public string? Id { get; init; }

    public MetricStatInput? MetricStat { get; init; }

    public string? Expression { get; init; }

    public string? Label { get; init; }

    public bool? ReturnData { get; init; }

    public int? Period { get; init; }
}
