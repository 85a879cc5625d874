namespace FastScaling.Lab.Checks;

/// <summary>Targets and policies that work against each other.</summary>
internal sealed class ConflictCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        var template = context.Template;
        foreach (var target in template.Targets)
        {
            if (target.MinCapacity > target.MaxCapacity)
            {
                yield return new Finding(
                    "capacity-bounds", Severity.Error, target.Id, target.MarkOf("MinCapacity"), $"MinCapacity {target.MinCapacity} is above MaxCapacity {target.MaxCapacity}.", "AWS refuses it.", "Swap them.");
            }
            else if (target.MinCapacity == target.MaxCapacity)
            {
                yield return new Finding(
                    "capacity-bounds", Severity.Warning, target.Id, target.MarkOf("MinCapacity"), $"MinCapacity and MaxCapacity are both {target.MinCapacity}.", "Nothing can scale.", "Raise MaxCapacity.");
            }
        }

        foreach (var group in template.Targets.GroupBy(target => target.ResourceId.Text, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            var second = group.ElementAt(1);
            yield return new Finding(
                "conflicting-policies", Severity.Error, second.Id, second.MarkOf("ResourceId"), $"{string.Join(" and ", group.Select(target => target.Id))} scale the same service.",
                "AWS has one target for a service: the one deployed last wins.", "Keep one.");
        }

        foreach (var group in template.Alarms.GroupBy(alarm => alarm.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            var second = group.ElementAt(1);
            yield return new Finding(
                "conflicting-policies", Severity.Error, second.Id, second.MarkOf("AlarmName"), $"{string.Join(" and ", group.Select(alarm => alarm.Id))} have the same name {group.Key}.",
                "The one deployed last overwrites the other, or the deployment fails.", "Give each its own name.");
        }

        foreach (var alarm in template.Alarms.Where(alarm => context.IsScaleIn(alarm) && context.IsScaleOut(alarm)))
        {
            yield return new Finding(
                "conflicting-policies", Severity.Error, alarm.Id, alarm.MarkOf("AlarmActions"), "The alarm calls a policy that scales out and one that scales in.",
                "The largest capacity wins: the scale-in never happens.", "Give each direction an alarm of its own.");
        }

        foreach (var policy in template.Policies.Where(policy => policy.Tracking is { DisableScaleIn: false }))
        {
            if (template.Policies.Any(other => other.Step is not null && template.TargetOf(other)?.Id == template.TargetOf(policy)?.Id))
            {
                yield return new Finding(
                    "conflicting-policies", Severity.Error, policy.Id, policy.Tracking!.Mark, "Target tracking may scale in beside step policies.",
                    "It takes back, by its own metric, what the fast alarms have added; a fleet that waits has little CPU and shrinks.", "Write DisableScaleIn: true.");
            }
        }
    }
}
