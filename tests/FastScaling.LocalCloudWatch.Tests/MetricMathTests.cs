using CsCheck;
using FastScaling.LocalCloudWatch.MetricMath;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Metric math against the examples that AWS publishes, and against whatever can be typed.</summary>
public sealed class MetricMathTests
{
    private const double None = double.NaN;

    private static readonly Dictionary<string, MathValue> Values = new()
    {
        ["metric1"] = MathValue.Series([30, 20, 0, 0]),
        ["metric2"] = MathValue.Series([20, None, 20, None]),
        ["full"] = MathValue.Series([1, 2, 3, 4]),
        ["none"] = MathValue.Series([None, None, None, None]),
    };

    private static readonly string[] Ids = [.. Values.Keys];

    private static readonly string[] Words =
        ["m1", "METRICS", "(", ")", "[", "]", ",", "+", "-", "*", "/", "^", "<", ">=", "==", "!=", "AND", "OR", "&&", "||", "NOT", "IF", "FILL", "SUM", "MAX", "\"x", "'", "1", ".5", "1e", "1e309", " ", "\u00e4", "REPEAT", "=", "&", "."];

    private static readonly Gen<MathNode> Node = Gen.Recursive<MathNode>((depth, inner) => depth > 4
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (3, Gen.Select(Gen.Enum<MathOperator>(), inner, inner).Select(parts => (MathNode)new MathNode.Binary(0, parts.Item1, parts.Item2, parts.Item3))),
            (1, inner.Select(operand => (MathNode)new MathNode.Negation(0, operand))),
            (1, inner.Array[1, 3].Select(items => (MathNode)new MathNode.List(0, items))),
            (1, inner.Array[0, 3].Select(items => (MathNode)new MathNode.Call(0, "IF", items)))));

    private static Gen<MathNode> Leaf => Gen.OneOf(
        Gen.Double[0, 1e6].Select(value => (MathNode)new MathNode.Number(0, value)),
        Gen.Int[0, 99].Select(i => (MathNode)new MathNode.Id(0, $"m{i}")),
        Gen.Int[0, 99].Select(i => (MathNode)new MathNode.Call(0, "METRICS", [new MathNode.Literal(0, $"text {i}")])));

    [Theory]
    [InlineData("metric1 < metric2", "0 0 1 0")]
    [InlineData("metric1 >= 30", "1 0 0 0")]
    [InlineData("metric1 > 15 AND metric2 > 15", "1 0 0 0")]
    public void The_published_examples_of_operators(string expression, string expected) => Assert.Equal(expected, Series(expression, Values));

    [Theory]
    [InlineData("IF(metric1, metric2, metric3)", "30 0 20 - -")]
    [InlineData("IF(metric1, 5, metric3)", "5 5 20 - -")]
    [InlineData("IF(metric1, metric2, 5)", "30 0 5 5 -")]
    public void The_published_examples_of_IF(string expression, string expected) => Assert.Equal(expected, Series(expression, new()
    {
        ["metric1"] = MathValue.Series([1, 1, 0, 0, None]),
        ["metric2"] = MathValue.Series([30, None, 0, 0, 30]),
        ["metric3"] = MathValue.Series([0, 0, 20, None, 20]),
    }));

    [Theory]
    [InlineData("metric1 + metric2", "50 20 20 0")]
    [InlineData("metric2 + none", "20 - 20 -")]
    [InlineData("metric2 * 2", "40 - 40 -")]
    [InlineData("full / metric1", "0.03333333333333333 0.1 - -")]
    [InlineData("-full ^ 2", "-1 -4 -9 -16")]
    [InlineData("2 ^ 3 ^ 0 * full", "2 4 6 8")]
    [InlineData("1 + 2 * full - 1", "2 4 6 8")]
    [InlineData("(full > 1 && full < 4) || full == 1", "1 1 1 0")]
    [InlineData("FILL(metric2, 0)", "20 0 20 0")]
    [InlineData("FILL(metric2, REPEAT)", "20 20 20 20")]
    [InlineData("FILL(metric2, LINEAR)", "20 20 20 -")]
    [InlineData("FILL(metric2, full)", "20 2 20 4")]
    [InlineData("SUM([metric1, metric2])", "50 20 20 0")]
    [InlineData("AVG([metric1, metric2])", "25 10 10 0")]
    [InlineData("MAX([metric1, metric2])", "30 20 20 0")]
    [InlineData("MIN(METRICS(\"metric\"))", "20 20 0 0")]
    [InlineData("full - AVG(full)", "-1.5 -0.5 0.5 1.5")]
    [InlineData("full / METRIC_COUNT(METRICS()) * 4", "1 2 3 4")]
    [InlineData("RATE(full)", "- 0.1 0.1 0.1")]
    [InlineData("DIFF(metric2)", "- - 0 -")]
    [InlineData("RUNNING_SUM(full)", "1 3 6 10")]
    [InlineData("full * PERIOD(full)", "10 20 30 40")]
    [InlineData("ABS(CEIL(LOG10(full) - 0.5))", "0 0 0 1")]
    [InlineData("TIME_SERIES(MAX(full))", "4 4 4 4")]
    [InlineData("FIRST([full, metric1]) + LAST([full, metric1])", "31 22 3 4")]
    public void Functions_and_operators(string expression, string expected) => Assert.Equal(expected, Series(expression, Values));

    [Theory]
    [InlineData("", 1, "the expression ends")]
    [InlineData("m1 +", 5, "the expression ends")]
    [InlineData("(full", 6, "')'")]
    [InlineData("full full", 6, "'f' is unexpected")]
    [InlineData("NOT full", 1, "metric math has no NOT")]
    [InlineData("AND full", 1, "needs a value on its left")]
    [InlineData("1.2.3", 1, "'1.2.3' is no number")]
    [InlineData("full + nothing", 8, "no metric or expression with the id 'nothing'")]
    [InlineData("SEARCH(full)", 1, "not supported by the local CloudWatch")]
    [InlineData("FOO(full)", 1, "there is no function FOO")]
    [InlineData("MAX(full, metric1)", 1, "MAX([m1, m2])")]
    [InlineData("SUM(3)", 5, "cannot be applied to a number")]
    [InlineData("[full, metric1] + [full]", 17, "cannot combine")]
    [InlineData("IF([full], 1)", 4, "cannot be applied to an array")]
    [InlineData("METRICS(\"zzz\")", 1, "finds no metric")]
    [InlineData("\"text\"", 1, "only allowed inside METRICS")]
    [InlineData("METRICS(\"", 9, "has no end")]
    [InlineData("[]", 1, "at least one time series")]
    public void A_mistake_is_named_with_its_position(string expression, int position, string message)
    {
        var error = Assert.Throws<MathException>(() => Types().Of(MathParser.Parse(expression)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.Contains("nested", Assert.Throws<MathException>(() => MathParser.Parse(new string('(', 2000))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_text_of_an_expression_reads_back_to_the_same() => Node.Sample(
        node => Assert.Equal(node.ToString(), MathParser.Parse(node.ToString()).ToString()), iter: Depth.Of(2000));

    [Fact]
    public void Garbage_is_an_error_with_a_position_inside_it_or_an_expression() =>
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 14].Select(string.Concat).Sample(
            text =>
            {
                try
                {
                    var node = MathParser.Parse(text);
                    Types().Of(node);
                    Evaluator(Values).Of(node);
                }
                catch (MathException e)
                {
                    Assert.InRange(e.Position, 1, text.Length + 1);
                }
            },
            iter: Depth.Of(20_000));

    [Fact]
    public void What_passes_the_check_can_be_computed() => Node.Sample(
        node =>
        {
            MathType type;
            try
            {
                type = Numbered().Of(node);
            }
            catch (MathException)
            {
                return;
            }

            var value = Evaluator(Enumerable.Range(0, 100).ToDictionary(i => $"m{i}", i => MathValue.Series([i, i % 3 == 0 ? None : -i, 0, 1]))).Of(node);
            Assert.Equal(type.Kind, value.Kind);
            Assert.True(type.Kind == MathKind.Scalar || value.Rows.Length == type.Count);
            Assert.All(value.Rows.SelectMany(row => row), point => Assert.True(double.IsFinite(point) || double.IsNaN(point)));
        },
        iter: Depth.Of(5000));

    private static MathTypes Types() => new(Ids.ToDictionary(id => id, _ => MathType.Series), Ids);

    private static MathTypes Numbered()
    {
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => $"m{i}")];
        return new MathTypes(ids.ToDictionary(id => id, _ => MathType.Series), ids);
    }

    private static MathEvaluator Evaluator(Dictionary<string, MathValue> values) => new(values, [.. values.Keys], values.Values.First().Rows[0].Length, 10);

    private static string Series(string expression, Dictionary<string, MathValue> values)
    {
        var node = MathParser.Parse(expression);
        Assert.Equal(MathKind.Series, new MathTypes(values.Keys.ToDictionary(id => id, _ => MathType.Series), [.. values.Keys]).Of(node).Kind);
        return string.Join(' ', Evaluator(values).Of(node).Rows[0].Select(value => double.IsNaN(value) ? "-" : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
