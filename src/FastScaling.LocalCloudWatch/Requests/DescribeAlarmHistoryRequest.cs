namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record DescribeAlarmHistoryRequest : AlarmRequest
{
    public string? AlarmName { get; init; }

    public IReadOnlyList<string> AlarmTypes { get; init; } = [];

    public string? HistoryItemType { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? EndDate { get; init; }

    public int? MaxRecords { get; init; }

    public string? NextToken { get; init; }

    public string? ScanBy { get; init; }
}
