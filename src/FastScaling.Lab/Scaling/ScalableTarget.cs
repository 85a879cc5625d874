namespace FastScaling.Lab.Scaling;

/// <summary>A service that may be scaled, between its limits.</summary>
internal sealed record ScalableTarget
{
    public required ScalableTargetId Id { get; init; }

    public required string Arn { get; init; }

    /// <summary>Tasks; 0 or more.</summary>
    public required int MinCapacity { get; init; }

    /// <summary>Tasks; at least <see cref="MinCapacity"/>.</summary>
    public required int MaxCapacity { get; init; }

    public SuspendedState Suspended { get; init; } = SuspendedState.None;

    public required string RoleArn { get; init; }

    public required DateTimeOffset CreationTime { get; init; }
}
