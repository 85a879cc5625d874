namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>Computes expressions that passed <see cref="MathTypes"/> over periods that all metrics share, oldest first.</summary>
internal sealed class MathEvaluator
{
    private readonly IReadOnlyDictionary<string, MathValue> _values;
    private readonly IReadOnlyList<string> _metrics;
    private readonly int _length;
    private readonly int _period;

    /// <param name="values">The value of each id.</param>
    /// <param name="metrics">Those of the ids that are metrics and not expressions, in the order of the request.</param>
    /// <param name="length">The number of periods.</param>
    /// <param name="period">The period in seconds.</param>
    public MathEvaluator(IReadOnlyDictionary<string, MathValue> values, IReadOnlyList<string> metrics, int length, int period)
    {
        _values = values;
        _metrics = metrics;
        _length = length;
        _period = period;
    }

    public MathValue Of(MathNode node) => node switch
    {
        MathNode.Number number => MathValue.Scalar(number.Value),
        MathNode.Id id => _values[id.Name],
        MathNode.Negation negation => Map(Of(negation.Operand), static value => -value),
        MathNode.Binary binary => Combine(binary.Operator, Of(binary.Left), Of(binary.Right)),
        MathNode.List list => MathValue.Array([.. list.Items.SelectMany(item => Of(item).Rows)]),
        MathNode.Call call => Of(call),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private MathValue Of(MathNode.Call call) => call.Function switch
    {
        "ABS" => Map(First(call), Math.Abs),
        "CEIL" => Map(First(call), Math.Ceiling),
        "FLOOR" => Map(First(call), Math.Floor),
        "LOG" => Map(First(call), Math.Log),
        "LOG10" => Map(First(call), Math.Log10),
        "DIFF" => Rows(First(call), row => Changes(row, static (change, _) => change)),
        "RATE" => Rows(First(call), row => Changes(row, (change, periods) => change / ((double)periods * _period))),
        "RUNNING_SUM" => Rows(First(call), RunningSum),
        "AVG" => Reduce(First(call), Reductions.Average, Reductions.AverageWithZeros),
        "SUM" => Reduce(First(call), Reductions.Sum, Reductions.Sum),
        "MIN" => Reduce(First(call), Reductions.Minimum, Reductions.Minimum),
        "MAX" => Reduce(First(call), Reductions.Maximum, Reductions.Maximum),
        "STDDEV" => Reduce(First(call), Reductions.StandardDeviation, Reductions.StandardDeviation),
        "DATAPOINT_COUNT" => Reduce(First(call), Reductions.Count, Reductions.Count),
        "FIRST" => MathValue.Series(First(call).Rows[0]),
        "LAST" => MathValue.Series(First(call).Rows[^1]),
        "METRIC_COUNT" => MathValue.Scalar(First(call).Rows.Length),
        "TIME_SERIES" => MathValue.Series(Repeat(First(call).Number)),
        "METRICS" => Metrics(call),
        "PERIOD" => MathValue.Scalar(_period),
        "FILL" => Fill(call),
        "IF" => If(call),
        _ => throw new InvalidOperationException(call.Function),
    };

    private MathValue First(MathNode.Call call) => Of(call.Arguments[0]);

    private MathValue Metrics(MathNode.Call call)
    {
        var part = call.Arguments is [MathNode.Literal literal] ? literal.Value : "";
        return MathValue.Array([.. _metrics.Where(id => id.Contains(part, StringComparison.Ordinal)).Select(id => _values[id].Rows[0])]);
    }

    // "Missing values in a time series are treated as 0", where at least one of the two has a value.
    private MathValue Combine(MathOperator op, MathValue left, MathValue right)
    {
        if (left.Kind == MathKind.Scalar && right.Kind == MathKind.Scalar)
        {
            return MathValue.Scalar(
                double.IsNaN(left.Number) || double.IsNaN(right.Number) ? double.NaN : MathOperators.Apply(op, left.Number, right.Number));
        }

        var kind = left.Kind >= right.Kind ? left.Kind : right.Kind;
        var isPair = left.Kind != MathKind.Scalar && right.Kind != MathKind.Scalar;
        var rows = new double[kind == MathKind.Array ? Math.Max(left.Rows.Length, right.Rows.Length) : 1][];
        for (var r = 0; r < rows.Length; r++)
        {
            rows[r] = new double[_length];
            for (var i = 0; i < _length; i++)
            {
                var (a, b) = (left.At(r, i), right.At(r, i));
                var isMissing = isPair ? double.IsNaN(a) && double.IsNaN(b) : double.IsNaN(a) || double.IsNaN(b);
                rows[r][i] = isMissing ? double.NaN : MathOperators.Apply(op, OrZero(a), OrZero(b));
            }
        }

        return new MathValue(kind, 0, rows);
    }

    private static MathValue Map(MathValue value, Func<double, double> map) => value.Kind == MathKind.Scalar
        ? MathValue.Scalar(Finite(map(value.Number)))
        : Rows(value, row => [.. row.Select(item => Finite(map(item)))]);

    private static MathValue Rows(MathValue value, Func<double[], double[]> map) => new(value.Kind, 0, [.. value.Rows.Select(map)]);

    /// <summary>A number over all points of a series, or a series over the points that all series of an array have at the same time.</summary>
    private MathValue Reduce(MathValue value, Func<IEnumerable<double>, double> overTime, Func<IEnumerable<double>, double> overSeries)
    {
        if (value.Kind == MathKind.Series)
        {
            return MathValue.Scalar(overTime(value.Rows[0]));
        }

        var result = new double[_length];
        for (var i = 0; i < _length; i++)
        {
            var index = i;
            result[i] = overSeries(value.Rows.Select(row => row[index]));
        }

        return MathValue.Series(result);
    }

    private static double[] Changes(double[] row, Func<double, int, double> change)
    {
        var result = new double[row.Length];
        var last = -1;
        for (var i = 0; i < row.Length; i++)
        {
            result[i] = last < 0 || double.IsNaN(row[i]) ? double.NaN : Finite(change(row[i] - row[last], i - last));
            last = double.IsNaN(row[i]) ? last : i;
        }

        return result;
    }

    private static double[] RunningSum(double[] row)
    {
        var sum = 0.0;
        return [.. row.Select(value => double.IsNaN(value) ? double.NaN : sum += value)];
    }

    private MathValue Fill(MathNode.Call call)
    {
        var filled = First(call);
        if (call.Arguments[1] is MathNode.Id { Name: "REPEAT" or "LINEAR" } method)
        {
            return Rows(filled, method.Name == "REPEAT" ? Gaps.Repeat : Gaps.Interpolate);
        }

        var filler = Of(call.Arguments[1]);
        return Rows(filled, row => [.. row.Select((value, i) => double.IsNaN(value) ? filler.At(0, i) : value)]);
    }

    // The rules of the published tables: a true condition without a value gives 0, a false one drops the data point.
    private MathValue If(MathNode.Call call)
    {
        var condition = First(call);
        var yes = Of(call.Arguments[1]);
        var no = call.Arguments.Count == 3 ? Of(call.Arguments[2]) : MathValue.Scalar(double.NaN);
        if (condition.Kind == MathKind.Scalar && yes.Kind == MathKind.Scalar && no.Kind == MathKind.Scalar)
        {
            return MathValue.Scalar(double.IsNaN(condition.Number) ? double.NaN : condition.Number != 0 ? yes.Number : no.Number);
        }

        var result = new double[_length];
        for (var i = 0; i < _length; i++)
        {
            var test = condition.At(0, i);
            var value = yes.At(0, i);
            result[i] = double.IsNaN(test) ? double.NaN
                : test == 0 ? no.At(0, i)
                : condition.Kind == MathKind.Series ? OrZero(value) : value;
        }

        return MathValue.Series(result);
    }

    private double[] Repeat(double value)
    {
        var result = new double[_length];
        Array.Fill(result, value);
        return result;
    }

    private static double OrZero(double value) => double.IsNaN(value) ? 0 : value;

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
