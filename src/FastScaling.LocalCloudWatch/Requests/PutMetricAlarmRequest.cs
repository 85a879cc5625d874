namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record PutMetricAlarmRequest : AlarmRequest
{
    public string? AlarmName { get; init; }

    public string? AlarmDescription { get; init; }

    public bool? ActionsEnabled { get; init; }

    public IReadOnlyList<string> OkActions { get; init; } = [];

    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    public string? MetricName { get; init; }

    public string? Namespace { get; init; }

    public string? Statistic { get; init; }

    public string? ExtendedStatistic { get; init; }

    public IReadOnlyList<DimensionInput> Dimensions { get; init; } = [];

    public int? Period { get; init; }

    public string? Unit { get; init; }

    public int? EvaluationPeriods { get; init; }

    public int? DatapointsToAlarm { get; init; }

    public double? Threshold { get; init; }

    public string? ComparisonOperator { get; init; }

    public string? TreatMissingData { get; init; }

    public string? EvaluateLowSampleCountPercentile { get; init; }

    public IReadOnlyList<MetricDataQueryInput> Metrics { get; init; } = [];

    /// <summary>The first member that this server does not model; null when there is none.</summary>
    public string? UnsupportedMember { get; init; }
}
