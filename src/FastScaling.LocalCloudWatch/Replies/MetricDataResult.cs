namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record MetricDataResult(
    string Id,
    string Label,
    IReadOnlyList<DateTimeOffset> Timestamps,
    IReadOnlyList<double> Values,
    bool IsComplete);
