namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record PutMetricDataRequest(string? Namespace, IReadOnlyList<MetricDatumInput> MetricData, bool HasEntityMetricData)
    : CloudWatchRequest;
