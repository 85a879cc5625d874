namespace FastScaling.Lab.Checks;

/// <summary>Statistics that do not mean what a threshold needs.</summary>
internal sealed class StatisticCheck : ITemplateCheck
{
    public IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var alarm in context.Template.Alarms)
        {
            foreach (var metric in alarm.AllMetrics.Where(metric => context.IsOurs(metric) && metric.Statistic is "Sum" or "SampleCount"))
            {
                // How many samples there are tells how many tasks publish: what a watchdog asks for, or metric math, to divide by it.
                var isInMath = alarm.Metric is null;
                var counts = isInMath && alarm.AllMetrics.Any(one => one.Statistic == "SampleCount");
                if (counts || (metric.Statistic == "SampleCount" && !context.Template.PoliciesOf(alarm).Any()))
                {
                    continue;
                }

                yield return new Finding(
                    "sum-of-rate", Severity.Error, alarm.Id, metric.Mark, $"{metric.Statistic} of {metric.Name}.",
                    "Every task sends one sample a second: the sum grows with the number of tasks and with the period, so no threshold stays right while the fleet scales.",
                    "Use Average (the mean per task) or a percentile of it.");
            }
        }
    }
}
