namespace FastScaling.Lab.Scaling;

/// <summary>An entry of the activity log.</summary>
internal sealed record ScalingActivity
{
    public required string Id { get; init; }

    public required ScalableTargetId Target { get; init; }

    public required string Description { get; init; }

    public required string Cause { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public required ActivityStatus Status { get; init; }

    public required string StatusMessage { get; init; }

    /// <summary>The policy behind it; null for a schedule or a change of the limits.</summary>
    public string? PolicyArn { get; init; }

    /// <summary>Desired count before.</summary>
    public required int From { get; init; }

    /// <summary>Desired count after; the same when nothing was changed.</summary>
    public required int To { get; init; }

    /// <summary>Empty when something was changed.</summary>
    public IReadOnlyList<NotScaledReason> NotScaledReasons { get; init; } = [];

    public bool IsScaled => NotScaledReasons.Count == 0;
}
