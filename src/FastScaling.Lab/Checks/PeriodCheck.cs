using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Checks;

/// <summary>Periods that CloudWatch refuses, that see no data, or that are too slow for their purpose.</summary>
internal sealed class PeriodCheck : ITemplateCheck
{
    // More than this from a surge to the alarm is no longer a matter of seconds.
    private const int SlowSeconds = 60;

    public IEnumerable<Finding> Run(CheckContext context) => context.Template.Alarms.SelectMany(alarm => Of(context, alarm));

    private static IEnumerable<Finding> Of(CheckContext context, AlarmResource alarm)
    {
        var period = alarm.Period;
        if (period is not (10 or 20 or 30) && (period < 60 || period % 60 != 0))
        {
            yield return new Finding(
                "period-not-allowed", Severity.Error, alarm.Id, alarm.MarkOf("Period"), $"The period is {period} s.",
                "CloudWatch allows 10, 20, 30 and multiples of 60 seconds.", "Use 10 for a fast alarm.");
            yield break;
        }

        var periods = alarm.Metrics.Select(metric => metric.Period).OfType<int>().Distinct().ToArray();
        if (periods.Length > 1)
        {
            yield return new Finding(
                "mixed-periods", Severity.Error, alarm.Id, alarm.MarkOf("Metrics"), $"The metrics have the periods {string.Join(" and ", periods)} s.",
                "An alarm on metric math needs one period for all its metrics.", $"Give all of them {periods.Min()} s.");
        }

        if ((alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods) > alarm.EvaluationPeriods)
        {
            yield return new Finding(
                "datapoints-to-alarm", Severity.Error, alarm.Id, alarm.MarkOf("DatapointsToAlarm"),
                $"{alarm.DatapointsToAlarm} data points of {alarm.EvaluationPeriods} periods must breach.", "That can never be; CloudWatch refuses it.",
                "DatapointsToAlarm is at most EvaluationPeriods.");
        }

        var options = context.Published.Options;
        var ours = alarm.AllMetrics.Where(context.IsOurs).ToArray();
        if (ours.Length > 0 && period < 60 && options.StorageResolution == 60)
        {
            yield return new Finding(
                "period-without-resolution", Severity.Error, alarm.Id, ours[0].Mark, $"The period is {period} s and the metric is stored with a resolution of 60 s.",
                "Alarms below a minute see no data of standard resolution.", "Set StorageResolution to 1, or leave it out.");
        }

        if (ours.Length > 0 && options.ExportInterval.TotalSeconds > period)
        {
            yield return new Finding(
                "export-slower-than-period", Severity.Error, alarm.Id, ours[0].Mark,
                $"The exporter sends every {options.ExportInterval.TotalSeconds:0} s; the alarm looks at {period} s.",
                "When a period is evaluated its data have not been sent yet: the alarm acts late or on missing data.", "Keep ExportInterval at 5 s.");
        }

        var aws = alarm.AllMetrics.FirstOrDefault(metric => metric.Namespace.StartsWith("AWS/", StringComparison.Ordinal));
        if (aws is not null && period < 20)
        {
            yield return new Finding(
                "period-without-resolution", Severity.Error, alarm.Id, aws.Mark, $"The period is {period} s, and {aws.Namespace} / {aws.Name} is no metric of that resolution.",
                "AWS publishes its own metrics each minute (some of ECS each 20 s): most periods have no data.", "Use a period of 60 s, or a metric of the exporter.");
        }

        var needed = alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods;
        if (context.IsScaleOut(alarm) && period * needed >= SlowSeconds)
        {
            yield return new Finding(
                "slow-scale-out", Severity.Warning, alarm.Id, alarm.MarkOf("EvaluationPeriods"), $"A surge must last {period * needed} s before it scales out.",
                $"{needed} x {period} s pass before the alarm acts; a surge needs new tasks at once.", "Use a period of 10 s with one evaluation period, and a steady signal.");
        }
    }
}
