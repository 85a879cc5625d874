using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Requests;

namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>The rules for the Metrics of an alarm: up to ten metrics of one period, and expressions, one of which is watched.</summary>
internal static class AlarmMetricsValidator
{
    private const int MaximumQueries = 20;
    private const int MaximumMetrics = 10;

    /// <summary>Returns the queries in an order in which each can be computed from those before it.</summary>
    public static List<AlarmQuery> Validate(IReadOnlyList<MetricDataQueryInput> inputs)
    {
        if (inputs.Count > MaximumQueries)
        {
            throw NameRules.TooMany("Metrics", MaximumQueries);
        }

        var queries = new Dictionary<string, AlarmQuery>(StringComparer.Ordinal);
        for (var i = 0; i < inputs.Count; i++)
        {
            var query = Query(inputs[i], $"Metrics.member.{i + 1}");
            if (!queries.TryAdd(query.Id, query))
            {
                throw CloudWatchError.ValidationError($"The values for parameter id in Metrics are not unique: {query.Id}.");
            }
        }

        var metrics = queries.Values.Where(static query => query.Source is not null).ToList();
        CheckMetrics(metrics);
        if (queries.Values.Count(static query => query.ReturnData) != 1)
        {
            throw CloudWatchError.ValidationError("Exactly one element of the Metrics list should return data: set ReturnData to false for all others.");
        }

        var plan = MathPlan.Of(
            [.. metrics.Select(static query => query.Id)],
            queries.Values.Where(static query => query.Source is null).ToDictionary(static query => query.Id, static query => query.Text!, StringComparer.Ordinal),
            QueryRules.BadExpression);
        foreach (var (id, node, type) in plan)
        {
            var query = queries[id] with { Expression = node };
            if (query.ReturnData && type.Kind != MathKind.Series)
            {
                throw CloudWatchError.ValidationError($"Error in expression '{id}': it gives {type}, and an alarm watches a single time series.");
            }

            metrics.Add(query);
        }

        return metrics;
    }

    private static AlarmQuery Query(MetricDataQueryInput input, string path)
    {
        var source = QueryRules.Source(input, path);
        return new AlarmQuery(QueryRules.Id(input.Id, path), input.Label, input.ReturnData ?? true)
        {
            Source = source is null ? null : source with { Period = PutMetricAlarmValidator.Period(source.Period, $"{path}.MetricStat.Period") },
            Text = source is null ? QueryRules.Expression(input.Expression!, path) : null,
            Period = input.Period is { } period ? PutMetricAlarmValidator.Period(period, $"{path}.Period") : null,
        };
    }

    private static void CheckMetrics(List<AlarmQuery> metrics)
    {
        if (metrics.Count == 0)
        {
            throw CloudWatchError.ValidationError("The Metrics list must have at least one metric.");
        }

        if (metrics.Count > MaximumMetrics)
        {
            throw CloudWatchError.ValidationError(FormattableString.Invariant($"The Metrics list has {metrics.Count} metrics, and an alarm may have {MaximumMetrics}."));
        }

        if (metrics.Any(query => query.Source!.Period != metrics[0].Source!.Period))
        {
            throw CloudWatchError.ValidationError("All metrics of the Metrics list must have the same period.");
        }
    }
}
