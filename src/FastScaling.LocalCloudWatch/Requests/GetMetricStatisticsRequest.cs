namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record GetMetricStatisticsRequest : CloudWatchRequest
{
    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    public IReadOnlyList<DimensionInput> Dimensions { get; init; } = [];

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public int? Period { get; init; }

    public IReadOnlyList<string> Statistics { get; init; } = [];

    public IReadOnlyList<string> ExtendedStatistics { get; init; } = [];

    public string? Unit { get; init; }
}
