using FastScaling.Lab.Simulation;
using FastScaling.Lab.Templates;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.Lab.Replay;

/// <summary>An alarm of a template as the local CloudWatch evaluates it.</summary>
internal static class AlarmTranslation
{
    /// <summary>Null for an alarm that calls no policy: it changes nothing in a replay.</summary>
    /// <exception cref="TemplateException">The alarm cannot be evaluated.</exception>
    public static AlarmDefinition? Translate(AlarmResource alarm)
    {
        var actions = Actions(alarm.AlarmActions);
        var okActions = Actions(alarm.OkActions);
        var insufficient = Actions(alarm.InsufficientDataActions);
        if (actions.Count + okActions.Count + insufficient.Count == 0)
        {
            return null;
        }

        if (!Enum.TryParse<AlarmComparison>(alarm.Comparison, out var comparison) || alarm.Threshold is not { } threshold)
        {
            throw new TemplateException(alarm.MarkOf("ComparisonOperator"), $"{alarm.Id} is an anomaly detection alarm; these are not replayed, and cannot drive scaling.");
        }

        return new AlarmDefinition
        {
            Name = alarm.Id,
            Source = alarm.Metric is null ? null : Source(alarm, alarm.Metric),
            Queries = Queries(alarm),
            Comparison = comparison,
            Threshold = threshold,
            Period = alarm.Period is 10 or 20 or 30 || (alarm.Period >= 60 && alarm.Period % 60 == 0)
                ? alarm.Period
                : throw new TemplateException(alarm.MarkOf("Period"), $"{alarm.Id} has a period of {alarm.Period} s; CloudWatch allows 10, 20, 30 and multiples of 60."),
            EvaluationPeriods = Math.Max(1, alarm.EvaluationPeriods),
            DatapointsToAlarm = alarm.DatapointsToAlarm,
            MissingData = Enum.Parse<MissingData>(alarm.TreatMissingData, ignoreCase: true),
            LowSampleCountPercentile = alarm.EvaluateLowSampleCountPercentile,
            AlarmActions = actions,
            OkActions = okActions,
            InsufficientDataActions = insufficient,
        };
    }

    private static List<string> Actions(IReadOnlyList<ScalarNode> actions) =>
        [.. actions.Where(action => action.Text.Contains(":scalingPolicy:", StringComparison.Ordinal)).SelectMany(action => action.References).Select(PolicyDefinition.ActionFor)];

    private static MetricSource Source(AlarmResource alarm, MetricReference metric) => new(
        new MetricIdentity(
            metric.Namespace,
            metric.Name,
            [.. metric.Dimensions.Select(dimension => KeyValuePair.Create(dimension.Key, dimension.Value.Text)).OrderBy(pair => pair.Key, StringComparer.Ordinal)]),
        metric.Unit,
        Statistic.Plain(metric.Statistic) ?? Statistic.Percentile(metric.Statistic)
            ?? throw new TemplateException(metric.Mark, $"{alarm.Id}: the statistic {metric.Statistic} is not replayed; use Average, Minimum, Maximum, Sum, SampleCount or a percentile."),
        metric.Period);

    // In an order in which each can be computed from those before it.
    private static List<AlarmQuery> Queries(AlarmResource alarm)
    {
        var ordered = new List<AlarmQuery>();
        var open = alarm.Metrics.Select(metric => Query(alarm, metric)).ToList();
        while (open.Count > 0)
        {
            var next = open.FindIndex(query => query.Expression?.Ids.All(id => id is "REPEAT" or "LINEAR" || ordered.Exists(done => done.Id == id)) != false);
            if (next < 0)
            {
                throw new TemplateException(alarm.MarkOf("Metrics"), $"{alarm.Id}: the expression '{open[0].Text}' uses an id that is not there, or expressions that lead in a circle.");
            }

            ordered.Add(open[next]);
            open.RemoveAt(next);
        }

        return ordered;
    }

    private static AlarmQuery Query(AlarmResource alarm, AlarmMetric metric)
    {
        try
        {
            return new AlarmQuery(metric.Id, null, metric.ReturnsData)
            {
                Source = metric.Metric is null ? null : Source(alarm, metric.Metric),
                Expression = metric.Expression is null ? null : MathParser.Parse(metric.Expression),
                Text = metric.Expression,
                Period = metric.Period ?? alarm.Period,
            };
        }
        catch (MathException exception)
        {
            throw new TemplateException(metric.Mark, FormattableString.Invariant($"{alarm.Id}: the expression '{metric.Expression}' is wrong at character {exception.Position}: {exception.Message}"));
        }
    }
}
