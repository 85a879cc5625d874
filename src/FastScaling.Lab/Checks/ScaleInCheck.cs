namespace FastScaling.Lab.Checks;

/// <summary>Scale-in that is too quick, or that goes on when a surge has begun.</summary>
internal sealed class ScaleInCheck : ITemplateCheck
{
    private const int LeastSeconds = 60;

    public IEnumerable<Finding> Run(CheckContext context)
    {
        var hasFastScaleOut = context.Template.Alarms.Any(alarm => alarm.Period is > 0 and < 60 && context.IsScaleOut(alarm));
        foreach (var alarm in context.Template.Alarms.Where(context.IsScaleIn))
        {
            var needed = alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods;
            if (alarm.Period * needed < LeastSeconds)
            {
                yield return new Finding(
                    "scale-in-too-quick", Severity.Warning, alarm.Id, alarm.MarkOf("EvaluationPeriods"), $"{alarm.Period * needed} s of little load take a task away.",
                    "A pause between two bursts is shorter than a task needs to come back.", "Ask for five minutes: a period of 10 s, 30 evaluation periods.");
            }

            if (hasFastScaleOut && alarm.Period >= 60)
            {
                yield return new Finding(
                    "scale-in-clears-late", Severity.Warning, alarm.Id, alarm.AllMetrics.First().Mark, $"The scale-in looks at periods of {alarm.Period} s, beside alarms that scale out after 10 s.",
                    "It is evaluated once a minute: when a surge begins it stays in ALARM for up to two minutes, and repeats its action against the scale-out.",
                    "Use the same length in steps of 10 s: 30 periods of 10 s in place of 5 of 60 s.");
            }
        }
    }
}
