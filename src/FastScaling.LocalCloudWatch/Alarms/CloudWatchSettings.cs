namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>What AWS does not document, or what differs from run to run. <see cref="LocalCloudWatchOptions"/> has the ranges.</summary>
internal sealed record CloudWatchSettings
{
    public TimeSpan IngestionDelayMinimum { get; init; }

    public TimeSpan IngestionDelayMaximum { get; init; }

    /// <summary>How long after the end of a step alarms are evaluated; null spreads them by their names.</summary>
    public TimeSpan? EvaluationPhase { get; init; }

    /// <summary>How many periods more than EvaluationPeriods are read. AWS's one published example, 5 for 3, is the default.</summary>
    public int ExtraEvaluationPeriods { get; init; } = 2;

    public TimeSpan ActionRepeatInterval { get; init; } = TimeSpan.FromSeconds(60);

    public int Seed { get; init; }
}
