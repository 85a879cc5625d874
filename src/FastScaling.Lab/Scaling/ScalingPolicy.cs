namespace FastScaling.Lab.Scaling;

/// <summary>A policy: step scaling or target tracking, one of the two configurations is set.</summary>
internal sealed record ScalingPolicy
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required ScalableTargetId Target { get; init; }

    public StepScalingConfiguration? Step { get; init; }

    public TargetTrackingConfiguration? TargetTracking { get; init; }

    public required DateTimeOffset CreationTime { get; init; }
}
