namespace FastScaling.Lab.Scaling;

/// <summary>New limits for a target at set times.</summary>
internal sealed record ScheduledAction
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required ScalableTargetId Target { get; init; }

    public required Schedule Schedule { get; init; }

    /// <summary>It does nothing before.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>It does nothing after.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Null leaves the limit as it is.</summary>
    public int? MinCapacity { get; init; }

    /// <summary>Null leaves the limit as it is.</summary>
    public int? MaxCapacity { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>The next time it is due, after <paramref name="after"/>; null for never.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        // A start time is itself due for a rate, so the search begins just before it.
        var from = StartTime is { } start && start > after ? start.AddTicks(-1) : after;
        var next = Schedule.NextAfter(from, StartTime ?? CreationTime);
        return next is { } time && !(time > EndTime) ? next : null;
    }
}
