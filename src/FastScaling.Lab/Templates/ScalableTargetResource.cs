namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::ApplicationAutoScaling::ScalableTarget</c>.</summary>
internal sealed record ScalableTargetResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    /// <summary>What is scaled, as <c>service/cluster/name</c>.</summary>
    public required ScalarNode ResourceId { get; init; }

    public required int MinCapacity { get; init; }

    public required int MaxCapacity { get; init; }

    public bool IsScaleInSuspended { get; init; }

    public bool IsScaleOutSuspended { get; init; }

    public bool IsScheduledSuspended { get; init; }

    public IReadOnlyList<ScheduledActionSetting> ScheduledActions { get; init; } = [];
}
