using System.Globalization;
using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>Steps with gaps and overlaps, and steps that no value can reach.</summary>
internal sealed class StepCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var policy in context.Template.Policies)
        {
            if (policy.Step is { Steps.Count: > 0 } step)
            {
                foreach (var finding in Shape(policy, step).Concat(context.Template.AlarmsOf(policy).SelectMany(alarm => Reach(policy, step, alarm))))
                {
                    yield return finding;
                }
            }
            else if (policy.PolicyType == "StepScaling")
            {
                yield return new Finding(
                    "no-steps", Severity.Error, policy.Id, policy.MarkOf("StepScalingPolicyConfiguration"), "The policy has no steps.", "It does nothing.", "Add StepAdjustments.");
            }
        }
    }

    private static double Lower(TemplateStep step) => step.Lower ?? double.NegativeInfinity;

    private static double Upper(TemplateStep step) => step.Upper ?? double.PositiveInfinity;

    private static string Text(double bound) => bound.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Finding> Shape(ScalingPolicyResource policy, StepScaling configuration)
    {
        var steps = configuration.Steps.OrderBy(Lower).ToArray();
        foreach (var step in steps.Where(step => Lower(step) >= Upper(step)))
        {
            yield return new Finding(
                "step-never-fires", Severity.Error, policy.Id, step.Mark, $"The step from {Text(Lower(step))} to {Text(Upper(step))} is empty.", "No value falls into it.", "The lower bound must be below the upper one.");
        }

        for (var i = 1; i < steps.Length; i++)
        {
            var (end, start) = (Upper(steps[i - 1]), Lower(steps[i]));
            if (!CheckContext.Same(end, start) && end != start)
            {
                var isGap = end < start;
                yield return new Finding(
                    isGap ? "steps-gap" : "steps-overlap", Severity.Error, policy.Id, steps[i].Mark,
                    $"{(isGap ? "Between two steps is a gap" : "Two steps overlap")}: one ends at {Text(end)} above the threshold, the next begins at {Text(start)}.",
                    isGap ? "A value in the gap does nothing. Application Auto Scaling refuses such a policy." : "Application Auto Scaling refuses such a policy.",
                    "Let each step begin where the one before ends.");
            }
        }

        foreach (var step in steps.Where(step => step.Adjustment == 0 && configuration.AdjustmentType != "ExactCapacity"))
        {
            yield return new Finding(
                "step-without-effect", Severity.Warning, policy.Id, step.Mark, "The step changes nothing (ScalingAdjustment 0).", "A value that falls into it scales nothing.", "Remove the step, or give it an adjustment.");
        }
    }

    // An alarm calls the policy only with values beyond its threshold.
    private static IEnumerable<Finding> Reach(ScalingPolicyResource policy, StepScaling configuration, AlarmResource alarm)
    {
        if (!alarm.IsGreater && !alarm.IsLess)
        {
            yield break;
        }

        var side = alarm.IsGreater ? "above" : "below";
        foreach (var step in configuration.Steps)
        {
            if (alarm.IsGreater ? Upper(step) <= 0 : Lower(step) >= 0)
            {
                yield return new Finding(
                    "step-never-fires", Severity.Error, policy.Id, step.Mark,
                    $"The step from {Text(Lower(step))} to {Text(Upper(step))} lies {(alarm.IsGreater ? "below" : "above")} the threshold, and {alarm.Id} acts {side} it.",
                    "Bounds count from the threshold of the alarm, not from zero. The step is never used.", "Give bounds relative to the threshold.");
            }
        }

        var open = alarm.IsGreater ? configuration.Steps.Max(Upper) : configuration.Steps.Min(Lower);
        var near = alarm.IsGreater ? configuration.Steps.Min(Lower) : configuration.Steps.Max(Upper);
        if (double.IsFinite(open))
        {
            yield return new Finding(
                "steps-open-end", Severity.Error, policy.Id, configuration.Mark, $"No step covers values more than {Text(Math.Abs(open))} {side} the threshold of {alarm.Id}.",
                "The larger the surge, the less happens.", $"Leave out the {(alarm.IsGreater ? "upper" : "lower")} bound of the outermost step.");
        }

        if (alarm.IsGreater ? near > 0 : near < 0)
        {
            yield return new Finding(
                "steps-gap", Severity.Error, policy.Id, configuration.Mark, $"No step covers values from 0 to {Text(Math.Abs(near))} {side} the threshold of {alarm.Id}.",
                "The alarm goes to ALARM and nothing happens.", "Let the first step begin at 0.");
        }
    }
}
