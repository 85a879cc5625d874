namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>Checks what the grammar cannot: names, arguments, and which kinds of values go together.</summary>
internal sealed class MathTypes
{
    private static readonly string[] Unsupported =
    [
        "ANOMALY_DETECTION_BAND", "DATE", "DAY", "DB_PERF_INSIGHTS", "DIFF_TIME", "EPOCH", "HOUR", "INSIGHT_RULE_METRIC", "LAMBDA", "MINUTE", "MONTH",
        "REMOVE_EMPTY", "SEARCH", "SELECT", "SERVICE_QUOTA", "SLICE", "SORT", "YEAR",
    ];

    private readonly IReadOnlyDictionary<string, MathType> _ids;
    private readonly IReadOnlyCollection<string> _metrics;

    /// <param name="ids">What each id that may be used gives.</param>
    /// <param name="metrics">Those of the ids that are metrics and not expressions: what METRICS() stands for.</param>
    public MathTypes(IReadOnlyDictionary<string, MathType> ids, IReadOnlyCollection<string> metrics)
    {
        _ids = ids;
        _metrics = metrics;
    }

    /// <summary>Throws <see cref="MathException"/> and nothing else.</summary>
    public MathType Of(MathNode node) => node switch
    {
        MathNode.Number => MathType.Scalar,
        MathNode.Id id => _ids.TryGetValue(id.Name, out var type) ? type : throw new MathException(id.Position, $"there is no metric or expression with the id '{id.Name}'."),
        MathNode.Literal text => throw new MathException(text.Position, "a text is only allowed inside METRICS(...)."),
        MathNode.Negation negation => Of(negation.Operand),
        MathNode.Binary binary => Of(binary),
        MathNode.List list => Of(list),
        MathNode.Call call => Of(call),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private MathType Of(MathNode.Binary binary)
    {
        var left = Of(binary.Left);
        var right = Of(binary.Right);
        if (left.Kind == MathKind.Array && right.Kind == MathKind.Array && left.Count != right.Count)
        {
            throw new MathException(binary.Position, $"{MathOperators.Text(binary.Operator)} cannot combine {left} and {right}.");
        }

        return left.Kind >= right.Kind ? left : right;
    }

    private MathType Of(MathNode.List list)
    {
        var count = 0;
        foreach (var item in list.Items)
        {
            var type = Of(item);
            count += type.Kind == MathKind.Scalar ? throw new MathException(item.Position, "an array holds time series, and this is a number.") : type.Count;
        }

        return count > 0 ? MathType.Array(count) : throw new MathException(list.Position, "an array must hold at least one time series.");
    }

    private MathType Of(MathNode.Call call)
    {
        switch (call.Function)
        {
            case "ABS" or "CEIL" or "FLOOR" or "LOG" or "LOG10" or "DIFF" or "RATE" or "RUNNING_SUM":
                return Argument(call, MathKind.Series, MathKind.Array);
            case "AVG" or "SUM" or "MIN" or "MAX" or "STDDEV" or "DATAPOINT_COUNT":
                return Argument(call, MathKind.Series, MathKind.Array).Kind == MathKind.Series ? MathType.Scalar : MathType.Series;
            case "FIRST" or "LAST":
                Argument(call, MathKind.Array);
                return MathType.Series;
            case "METRIC_COUNT":
                Argument(call, MathKind.Array);
                return MathType.Scalar;
            case "TIME_SERIES":
                Argument(call, MathKind.Scalar);
                return MathType.Series;
            case "METRICS":
                return Metrics(call);
            case "PERIOD":
                return Period(call);
            case "FILL":
                return Fill(call);
            case "IF":
                return If(call);
            default:
                throw new MathException(call.Position, Unsupported.Contains(call.Function)
                    ? $"the function {call.Function} is not supported by the local CloudWatch."
                    : $"there is no function {call.Function}.");
        }
    }

    private MathType Argument(MathNode.Call call, params ReadOnlySpan<MathKind> allowed)
    {
        if (call.Arguments.Count != 1)
        {
            throw new MathException(call.Position, FormattableString.Invariant(
                $"{call.Function} takes one argument and has {call.Arguments.Count}. Several time series form an array, for example {call.Function}([m1, m2])."));
        }

        var type = Of(call.Arguments[0]);
        return allowed.Contains(type.Kind) ? type : throw new MathException(call.Arguments[0].Position, $"{call.Function} cannot be applied to {type}.");
    }

    private MathType Metrics(MathNode.Call call)
    {
        var count = call.Arguments switch
        {
            [] => _metrics.Count,
            [MathNode.Literal part] => _metrics.Count(id => id.Contains(part.Value, StringComparison.Ordinal)),
            _ => throw new MathException(call.Position, "METRICS takes no argument, or one text: METRICS(\"errors\")."),
        };
        return count > 0 ? MathType.Array(count) : throw new MathException(call.Position, "METRICS finds no metric.");
    }

    private MathType Period(MathNode.Call call) =>
        call.Arguments is [MathNode.Id id] && _metrics.Contains(id.Name)
            ? MathType.Scalar
            : throw new MathException(call.Position, "PERIOD takes the id of a metric.");

    private MathType Fill(MathNode.Call call)
    {
        if (call.Arguments.Count != 2)
        {
            throw new MathException(call.Position, "FILL takes two arguments: a time series, and a number, REPEAT or LINEAR.");
        }

        var filled = Of(call.Arguments[0]);
        if (filled.Kind == MathKind.Scalar)
        {
            throw new MathException(call.Arguments[0].Position, "FILL cannot be applied to a number.");
        }

        if (call.Arguments[1] is not MathNode.Id { Name: "REPEAT" or "LINEAR" } && Of(call.Arguments[1]).Kind == MathKind.Array)
        {
            throw new MathException(call.Arguments[1].Position, "FILL takes a number, a time series, REPEAT or LINEAR as its second argument.");
        }

        return filled;
    }

    private MathType If(MathNode.Call call)
    {
        if (call.Arguments.Count is not (2 or 3))
        {
            throw new MathException(call.Position, "IF takes a condition, a value, and perhaps another value.");
        }

        var isSeries = false;
        foreach (var argument in call.Arguments)
        {
            var type = Of(argument);
            isSeries |= type.Kind == MathKind.Series;
            if (type.Kind == MathKind.Array)
            {
                throw new MathException(argument.Position, $"IF cannot be applied to {type}.");
            }
        }

        return isSeries ? MathType.Series : MathType.Scalar;
    }
}
