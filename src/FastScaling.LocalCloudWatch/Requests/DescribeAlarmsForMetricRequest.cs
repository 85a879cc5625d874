namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record DescribeAlarmsForMetricRequest : AlarmRequest
{
    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    public IReadOnlyList<DimensionInput> Dimensions { get; init; } = [];

    public string? Statistic { get; init; }

    public string? ExtendedStatistic { get; init; }

    public int? Period { get; init; }

    public string? Unit { get; init; }
}
