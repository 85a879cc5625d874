using FastScaling.Lab.Templates;
using FastScaling.LocalCloudWatch.MetricMath;

namespace FastScaling.Lab.Checks;

/// <summary>Asks an alarm what it does with given values, by the metric math of the local CloudWatch.</summary>
internal sealed class AlarmProbe
{
    private readonly AlarmResource _alarm;
    private readonly Dictionary<string, MathNode> _expressions = new(StringComparer.Ordinal);

    private AlarmProbe(AlarmResource alarm) => _alarm = alarm;

    /// <summary>Null when the alarm cannot be computed here; why is a finding of <see cref="ExpressionCheck"/>.</summary>
    public static AlarmProbe? Of(AlarmResource alarm)
    {
        var probe = new AlarmProbe(alarm);
        try
        {
            foreach (var metric in alarm.Metrics.Where(metric => metric.Expression is not null))
            {
                probe._expressions[metric.Id] = MathParser.Parse(metric.Expression!);
            }
        }
        catch (MathException)
        {
            return null;
        }

        return alarm.Threshold is null || (alarm.Metric is null && alarm.Metrics.Count(metric => metric.ReturnsData) != 1) ? null : probe;
    }

    /// <summary>Whether the alarm breaches when each metric has the value; NaN is a missing one.</summary>
    public bool Breaches(Func<MetricReference, double> valueOf)
    {
        double value;
        try
        {
            value = Value(valueOf);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            // An expression that means nothing is a finding of its own.
            return false;
        }

        return double.IsNaN(value)
            ? _alarm.TreatMissingData == "breaching"
            : _alarm.Comparison switch
            {
                "GreaterThanThreshold" => value > _alarm.Threshold,
                "GreaterThanOrEqualToThreshold" => value >= _alarm.Threshold,
                "LessThanThreshold" => value < _alarm.Threshold,
                "LessThanOrEqualToThreshold" => value <= _alarm.Threshold,
                _ => false,
            };
    }

    /// <summary>The numbers at which its answer can change: the threshold and the constants of its expressions.</summary>
    public IEnumerable<double> Constants() =>
        _expressions.Values.SelectMany(Numbers).Append(_alarm.Threshold!.Value).Where(value => value > 0).Distinct();

    private static IEnumerable<double> Numbers(MathNode node) => node switch
    {
        MathNode.Number number => [number.Value],
        MathNode.Negation negation => Numbers(negation.Operand),
        MathNode.Binary binary => Numbers(binary.Left).Concat(Numbers(binary.Right)),
        MathNode.Call call => call.Arguments.SelectMany(Numbers),
        MathNode.List list => list.Items.SelectMany(Numbers),
        _ => [],
    };

    private double Value(Func<MetricReference, double> valueOf)
    {
        if (_alarm.Metric is { } plain)
        {
            return valueOf(plain);
        }

        var values = _alarm.Metrics.Where(metric => metric.Metric is not null)
            .ToDictionary(metric => metric.Id, metric => MathValue.Series([valueOf(metric.Metric!)]), StringComparer.Ordinal);
        var metrics = values.Keys.ToArray();
        var evaluator = new MathEvaluator(values, metrics, 1, Math.Max(1, _alarm.Period));
        var open = new Dictionary<string, MathNode>(_expressions, StringComparer.Ordinal);
        while (open.Count > 0)
        {
            // Expressions may use each other; one that is ready must be among them, or they lead in a circle.
            var (id, node) = open.First(pair => pair.Value.Ids.All(used => !open.ContainsKey(used)));
            values[id] = evaluator.Of(node);
            open.Remove(id);
        }

        return values[_alarm.Metrics.First(metric => metric.ReturnsData).Id].At(0, 0);
    }
}
