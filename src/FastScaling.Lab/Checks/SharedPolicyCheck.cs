using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>One policy called by alarms whose values cannot be compared.</summary>
internal sealed class SharedPolicyCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var policy in context.Template.Policies.Where(policy => policy.Step is { Steps.Count: > 1 }))
        {
            var alarms = context.Template.AlarmsOf(policy).ToArray();
            var units = alarms.Select(alarm => UnitOf(context, alarm)).Distinct(StringComparer.Ordinal).ToArray();
            if (units.Length > 1)
            {
                yield return new Finding(
                    "policy-shared-by-units", Severity.Error, policy.Id, policy.MarkOf("StepScalingPolicyConfiguration"),
                    $"The policy is called by {string.Join(" and ", alarms.Select(alarm => $"{alarm.Id} ({UnitOf(context, alarm)})"))}.",
                    "Steps are distances from a threshold in the unit of its metric: 50 requests a second are not 50 milliseconds. One of the alarms takes the wrong step.",
                    "Give each alarm a policy of its own.");
            }
        }
    }

    private static string UnitOf(CheckContext context, AlarmResource alarm) => alarm.Metric is { } metric
        ? (context.IsOurs(metric) ? context.Published.UnitOf(metric.Name) : null) ?? metric.Unit ?? $"{metric.Namespace} {metric.Name}"
        : $"metric math of {alarm.Id}";
}
