namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::ECS::Service</c>.</summary>
internal sealed record ServiceResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    public required string Name { get; init; }

    public required string ClusterName { get; init; }

    public int? DesiredCount { get; init; }

    /// <summary>Seconds, or null when not given: then it is 0.</summary>
    public int? HealthCheckGracePeriod { get; init; }

    /// <summary>The logical id of the task definition, or null.</summary>
    public string? TaskDefinitionId { get; init; }

    /// <summary>The logical ids of the target groups.</summary>
    public IReadOnlyList<string> TargetGroupIds { get; init; } = [];
}
