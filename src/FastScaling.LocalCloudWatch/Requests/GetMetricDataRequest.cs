namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record GetMetricDataRequest : CloudWatchRequest
{
    public IReadOnlyList<MetricDataQueryInput> Queries { get; init; } = [];

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string? NextToken { get; init; }

    public string? ScanBy { get; init; }

    public int? MaxDatapoints { get; init; }
}
