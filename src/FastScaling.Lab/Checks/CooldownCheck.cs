using FastScaling.Lab.Scaling;
using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>Cooldowns that hold back what must be quick, or let go what must be slow.</summary>
internal sealed class CooldownCheck : ITemplateCheck
{
    // An alarm repeats its action once a minute: a longer cooldown swallows the repetition.
    private const int RepeatSeconds = 60;

    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var policy in context.Template.Policies)
        {
            if (policy.Step is not { } step || !context.Template.AlarmsOf(policy).Any())
            {
                continue;
            }

            var cooldown = step.Cooldown ?? StepScalingConfiguration.DefaultCooldown;
            var given = step.Cooldown is null ? $"not given, which means {cooldown} s" : $"{cooldown} s";
            if (step.IsScaleOut && cooldown > RepeatSeconds && !IsCapped(context, policy))
            {
                yield return new Finding(
                    "cooldown-too-long", Severity.Warning, policy.Id, step.Mark, $"The cooldown of a scale-out is {given}.",
                    "While it runs a further call adds nothing unless its step is larger: a surge that goes on is not followed.", "Write Cooldown: 10 to 60.");
            }

            if (step.IsScaleIn && step.Cooldown is < 10)
            {
                yield return new Finding(
                    "cooldown-too-short", Severity.Warning, policy.Id, step.Mark, $"The cooldown of a scale-in is {given}.",
                    "The next task is taken before the others have shown that they can carry the load.", "Write Cooldown: 30 or more.");
            }

            var alarms = context.Template.AlarmsOf(policy).ToArray();
            if (step is { IsScaleOut: true, Steps.Count: > 1 } && alarms.Length == 1 && alarms[0].Period < RepeatSeconds)
            {
                yield return new Finding(
                    "one-alarm-for-steps", Severity.Info, policy.Id, step.Mark, $"{step.Steps.Count} steps hang on the one alarm {alarms[0].Id}.",
                    "An alarm acts when it changes to ALARM and then once a minute: a surge that crosses the next step seconds later waits up to a minute for it.",
                    "Give each boundary an alarm and a policy of its own.");
            }
        }
    }

    // A policy on response time is slow on purpose: new tasks do not help against a slow dependency.
    private static bool IsCapped(CheckContext context, ScalingPolicyResource policy) =>
        policy.Step!.Cooldown is not null
        && context.Template.AlarmsOf(policy).All(alarm => alarm.AllMetrics.Any(metric => metric.Name.Contains("ResponseTime", StringComparison.Ordinal)));
}
