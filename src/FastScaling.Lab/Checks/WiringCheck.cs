namespace FastScaling.Lab.Checks;

/// <summary>Policies that nothing calls, and alarms whose call does nothing.</summary>
internal sealed class WiringCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        var template = context.Template;
        foreach (var policy in template.Policies)
        {
            if (policy.Step is not null && !template.AlarmsOf(policy).Any())
            {
                yield return new Finding(
                    "policy-never-called", Severity.Error, policy.Id, policy.Properties.Mark, "No alarm of the template calls this policy.", "A step scaling policy makes no alarm of its own.", $"Add !Ref {policy.Id} to the AlarmActions of an alarm.");
            }

            if (template.TargetOf(policy) is null)
            {
                yield return new Finding(
                    "policy-without-target", Severity.Warning, policy.Id, policy.MarkOf("ScalingTargetId"), "The template has no scalable target for this policy.", "Unless one is registered otherwise, the deployment fails.", "Set ScalingTargetId: !Ref of the scalable target.");
            }
        }

        foreach (var target in template.Targets.Where(target => target.IsScaleOutSuspended || target.IsScaleInSuspended))
        {
            yield return new Finding(
                "scaling-suspended", Severity.Info, target.Id, target.MarkOf("SuspendedState"), $"Scaling {(target.IsScaleOutSuspended ? "out" : "in")} is suspended.", "Alarms go to ALARM and nothing scales.", "Right for a first day in shadow; remove SuspendedState afterwards.");
        }

        foreach (var alarm in template.Alarms.Where(alarm => !alarm.ActionsEnabled && template.PoliciesOf(alarm).Any()))
        {
            yield return new Finding(
                "actions-disabled", Severity.Info, alarm.Id, alarm.MarkOf("ActionsEnabled"), "The actions of the alarm are switched off.", "It goes to ALARM and nothing scales.", "Right for a first day in shadow; set ActionsEnabled: true afterwards.");
        }
    }
}
