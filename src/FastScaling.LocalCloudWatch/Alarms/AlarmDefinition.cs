namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>A validated alarm: what PutMetricAlarm says of it. Immutable.</summary>
internal sealed record AlarmDefinition
{
    /// <summary>The account and Region of every alarm here: the local CloudWatch has one of each.</summary>
    private const string ArnPrefix = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:";

    public required string Name { get; init; }

    public string Arn => ArnPrefix + Name;

    public string? Description { get; init; }

    public bool ActionsEnabled { get; init; } = true;

    public IReadOnlyList<string> OkActions { get; init; } = [];

    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    /// <summary>What is watched: a metric, unless <see cref="Queries"/> say it.</summary>
    public MetricSource? Source { get; init; }

    /// <summary>Metric math: metrics and expressions in an order in which each can be computed from those before it.</summary>
    public IReadOnlyList<AlarmQuery> Queries { get; init; } = [];

    public AlarmComparison Comparison { get; init; }

    public double Threshold { get; init; }

    /// <summary>In seconds: 10, 20, 30 or a multiple of 60.</summary>
    public required int Period { get; init; }

    /// <summary>The N of M out of N.</summary>
    public int EvaluationPeriods { get; init; } = 1;

    /// <summary>The M of M out of N, when it was given.</summary>
    public int? DatapointsToAlarm { get; init; }

    public MissingData MissingData { get; init; }

    /// <summary>Whether TreatMissingData was given: it is described as it was put.</summary>
    public bool IsMissingDataGiven { get; init; }

    /// <summary>"evaluate", "ignore", or null when it was not given.</summary>
    public string? LowSampleCountPercentile { get; init; }

    /// <summary>The M of M out of N.</summary>
    public int Datapoints => DatapointsToAlarm ?? EvaluationPeriods;

    /// <summary>How often the alarm is evaluated, in seconds: every 10 s when its period is shorter than a minute, every minute otherwise.</summary>
    public int EvaluationStep => Period < 60 ? 10 : 60;

    public IReadOnlyList<string> ActionsFor(AlarmState state) => state switch
    {
        AlarmState.Ok => OkActions,
        AlarmState.Alarm => AlarmActions,
        _ => InsufficientDataActions,
    };

    public bool IsBreaching(double value) => Comparison switch
    {
        AlarmComparison.GreaterThanOrEqualToThreshold => value >= Threshold,
        AlarmComparison.GreaterThanThreshold => value > Threshold,
        AlarmComparison.LessThanThreshold => value < Threshold,
        _ => value <= Threshold,
    };
}
