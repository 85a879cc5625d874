using FastScaling.Lab.Templates;
using FastScaling.LocalCloudWatch.MetricMath;

namespace FastScaling.Lab.Checks;

/// <summary>Metric math that CloudWatch refuses.</summary>
internal sealed class ExpressionCheck : ITemplateCheck
{
    private const int MaxMetrics = 10;

    public IEnumerable<Finding> Run(CheckContext context) => context.Template.Alarms.SelectMany(Of);

    private static IEnumerable<Finding> Of(AlarmResource alarm)
    {
        if (alarm.Metric is null && alarm.Metrics.Count == 0)
        {
            yield return Refused(alarm, alarm.Properties.Mark, "The alarm has no metric.", "Give MetricName, or Metrics.");
            yield break;
        }

        if (alarm.Metrics.Count == 0)
        {
            yield break;
        }

        if (alarm.Metrics.Count(metric => metric.ReturnsData) != 1)
        {
            yield return Refused(
                alarm, alarm.MarkOf("Metrics"), $"{alarm.Metrics.Count(metric => metric.ReturnsData)} of the metrics return data.", "Exactly one entry has ReturnData: true (the default); all others ReturnData: false.");
        }

        if (alarm.Metrics.Count(metric => metric.Metric is not null) > MaxMetrics)
        {
            yield return Refused(alarm, alarm.MarkOf("Metrics"), $"The alarm reads more than {MaxMetrics} metrics.", "Use fewer.");
        }

        var ids = alarm.Metrics.Select(metric => metric.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var metric in alarm.Metrics.Where(metric => metric.Expression is not null))
        {
            var (node, problem) = Parse(metric.Expression!);
            if (node is null)
            {
                yield return Refused(alarm, metric.Mark, $"The expression '{metric.Expression}' cannot be read: {problem}", "Correct the expression.");
            }
            else if (node.Ids.FirstOrDefault(id => !ids.Contains(id) && id is not ("REPEAT" or "LINEAR")) is { } unknown)
            {
                yield return Refused(alarm, metric.Mark, $"The expression '{metric.Expression}' uses '{unknown}', and no metric has this id.", $"The ids are {string.Join(", ", ids)}.");
            }
        }
    }

    private static (MathNode? Node, string? Problem) Parse(string expression)
    {
        try
        {
            return (MathParser.Parse(expression), null);
        }
        catch (MathException exception)
        {
            return (null, FormattableString.Invariant($"at character {exception.Position}, {exception.Message}"));
        }
    }

    private static Finding Refused(AlarmResource alarm, Mark mark, string what, string remedy) =>
        new("metric-math", Severity.Error, alarm.Id, mark, what, "CloudWatch refuses the alarm, or it never sees a value.", remedy);
}
