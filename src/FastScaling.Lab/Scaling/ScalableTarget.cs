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

    /// <exception cref="ScalingException">There are no such limits.</exception>
    public static void RequireLimits(int minimum, int maximum)
    {
        if (minimum < 0 || maximum < 0)
        {
            throw ScalingException.Validation($"MinCapacity {minimum} and MaxCapacity {maximum} must be 0 or more.");
        }

        if (minimum > maximum)
        {
            throw ScalingException.Validation($"Maximum capacity cannot be less than minimum capacity: MinCapacity is {minimum} and MaxCapacity {maximum}.");
        }
    }
}
