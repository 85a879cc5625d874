namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record ListMetricsRequest : CloudWatchRequest
{
    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    /// <summary>Filters: a dimension by its name, and by its value too when one is given.</summary>
    public IReadOnlyList<DimensionInput> Dimensions { get; init; } = [];

    public string? NextToken { get; init; }

    public string? RecentlyActive { get; init; }
}
