using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Operations;

/// <summary>The expressions of one GetMetricData. Its metrics must share one period; units of one metric count together.</summary>
internal sealed class MetricDataMath
{
    // Nothing older is retained: by the second, and by the minute.
    private static readonly TimeSpan SecondsPast = TimeSpan.FromHours(3);
    private static readonly TimeSpan MinutesPast = TimeSpan.FromDays(15);
    private static readonly TimeSpan LongestFuture = TimeSpan.FromHours(2);

    private readonly List<MetricDataQuery> _metrics;
    private readonly IReadOnlyList<(string Id, MathNode Node, MathType Type)> _plan;
    private readonly MetricStore _store;
    private Dictionary<string, MathValue>? _values;

    public MetricDataMath(List<MetricDataQuery> queries, MetricStore store)
    {
        _store = store;
        _metrics = queries.FindAll(static query => query.Source is not null);
        _plan = MathPlan.Of(
            [.. _metrics.Select(static query => query.Id)],
            queries.Where(static query => query.Expression is not null).ToDictionary(static query => query.Id, static query => query.Expression!, StringComparer.Ordinal),
            QueryRules.BadExpression);
        if (_plan.Count > 0 && (_metrics.Count == 0 || _metrics.Exists(query => query.Source!.Period != _metrics[0].Source!.Period)))
        {
            throw CloudWatchError.ValidationError("The local CloudWatch computes expressions over metrics that have the same period.");
        }
    }

    /// <summary>A stream for each time series of the result.</summary>
    public IEnumerable<(int Unit, string Label, List<(long Second, double Value)> Points)> Streams(
        MetricDataQuery query, TimeRange range, bool ascending, DateTimeOffset now)
    {
        var type = _plan.First(entry => entry.Id == query.Id).Type;
        if (type.Kind == MathKind.Scalar)
        {
            throw CloudWatchError.ValidationError($"Error in expression '{query.Id}': it gives {type}, and a query returns time series.");
        }

        var period = _metrics[0].Source!.Period;
        var start = Math.Max(range.Start, (now - (period < 60 ? SecondsPast : MinutesPast)).ToUnixTimeSeconds());
        start -= start % period;
        var length = (int)Math.Max(0, (Math.Min(range.End, (now + LongestFuture).ToUnixTimeSeconds()) - start + period - 1) / period);
        _values ??= Compute(start, length, period);
        var rows = _values[query.Id].Rows;
        for (var r = 0; r < rows.Length; r++)
        {
            var points = new List<(long, double)>();
            for (var i = 0; i < length; i++)
            {
                if (!double.IsNaN(rows[r][i]))
                {
                    points.Add((start + ((long)i * period), rows[r][i]));
                }
            }

            if (!ascending)
            {
                points.Reverse();
            }

            yield return (r, query.Label, points);
        }
    }

    private Dictionary<string, MathValue> Compute(long start, int length, int period)
    {
        var values = new Dictionary<string, MathValue>(StringComparer.Ordinal);
        var buckets = new PeriodBucket?[length];
        foreach (var query in _metrics)
        {
            var source = query.Source!;
            _store.ReadWindow(source.Metric, source.Unit, start + ((long)length * period), period, source.Statistic.NeedsValues, buckets);
            values[query.Id] = MathValue.Series([.. buckets.Select(bucket => bucket?.Value(source.Statistic) ?? double.NaN)]);
        }

        var math = new MathEvaluator(values, [.. _metrics.Select(static query => query.Id)], length, period);
        foreach (var (id, node, _) in _plan)
        {
            values[id] = math.Of(node);
        }

        return values;
    }
}
