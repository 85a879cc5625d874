namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record DescribeAlarmsRequest : AlarmRequest
{
    public IReadOnlyList<string> AlarmNames { get; init; } = [];

    public string? AlarmNamePrefix { get; init; }

    public IReadOnlyList<string> AlarmTypes { get; init; } = [];

    public string? StateValue { get; init; }

    public string? ActionPrefix { get; init; }

    public int? MaxRecords { get; init; }

    public string? NextToken { get; init; }

    /// <summary>ChildrenOfAlarmName or ParentsOfAlarmName: there are no composite alarms here.</summary>
    public bool AsksForRelatives { get; init; }
}
