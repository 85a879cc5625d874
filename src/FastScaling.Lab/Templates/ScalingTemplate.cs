namespace FastScaling.Lab.Templates;

/// <summary>What a template says about scaling, with the conditions, parameters and functions of one deployment applied.</summary>
internal sealed class ScalingTemplate
{
    /// <summary>The file's name, as shown to the user.</summary>
    public required string Source { get; init; }

    public IReadOnlyList<AlarmResource> Alarms { get; init; } = [];

    public IReadOnlyList<ScalingPolicyResource> Policies { get; init; } = [];

    public IReadOnlyList<ScalableTargetResource> Targets { get; init; } = [];

    public IReadOnlyList<ServiceResource> Services { get; init; } = [];

    public IReadOnlyList<TaskDefinitionResource> TaskDefinitions { get; init; } = [];

    public IReadOnlyList<TargetGroupResource> TargetGroups { get; init; } = [];

    public IReadOnlyList<RoleResource> Roles { get; init; } = [];

    public IReadOnlyList<IamStatement> Statements { get; init; } = [];

    /// <summary>The policies of this template that an alarm calls when it goes to ALARM.</summary>
    public IEnumerable<ScalingPolicyResource> PoliciesOf(AlarmResource alarm) =>
        Policies.Where(policy => alarm.AlarmActions.Any(action => action.References.Contains(policy.Id, StringComparer.Ordinal)));

    /// <summary>The alarms of this template that call a policy.</summary>
    public IEnumerable<AlarmResource> AlarmsOf(ScalingPolicyResource policy) =>
        Alarms.Where(alarm => PoliciesOf(alarm).Contains(policy));

    /// <summary>The scalable target of a policy, by reference or by the resource it names; null when the template has none.</summary>
    public ScalableTargetResource? TargetOf(ScalingPolicyResource policy) =>
        Targets.FirstOrDefault(target => target.Id == policy.TargetId)
        ?? Targets.FirstOrDefault(target => policy.ResourceId is not null && target.ResourceId.Text == policy.ResourceId);

    /// <summary>The service that a target scales; null when the template has none.</summary>
    public ServiceResource? ServiceOf(ScalableTargetResource target) =>
        Services.FirstOrDefault(service => target.ResourceId.References.Contains(service.Id, StringComparer.Ordinal))
        ?? Services.FirstOrDefault(service => target.ResourceId.Text == $"service/{service.ClusterName}/{service.Name}");
}
