namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::ApplicationAutoScaling::ScalingPolicy</c>.</summary>
internal sealed record ScalingPolicyResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    public required string Name { get; init; }

    public required string PolicyType { get; init; }

    /// <summary>The logical id of the scalable target, or null when it is named otherwise.</summary>
    public string? TargetId { get; init; }

    /// <summary>What is scaled, as <c>service/cluster/name</c>, when the policy says it itself.</summary>
    public string? ResourceId { get; init; }

    public StepScaling? Step { get; init; }

    public TargetTracking? Tracking { get; init; }
}
