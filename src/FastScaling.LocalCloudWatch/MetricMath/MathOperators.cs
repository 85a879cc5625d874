namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>The operators of metric math: how they are written, how tightly they bind, what they do.</summary>
internal static class MathOperators
{
    /// <summary>The sign of unary minus binds tighter than every operator but the power.</summary>
    public const int UnaryPrecedence = 6;

    public static readonly (string Text, MathOperator Operator)[] All =
    [
        ("||", MathOperator.Or), ("&&", MathOperator.And), ("==", MathOperator.Equal), ("!=", MathOperator.NotEqual),
        ("<=", MathOperator.LessOrEqual), (">=", MathOperator.GreaterOrEqual), ("<", MathOperator.Less), (">", MathOperator.Greater),
        ("+", MathOperator.Add), ("-", MathOperator.Subtract), ("*", MathOperator.Multiply), ("/", MathOperator.Divide), ("^", MathOperator.Power),
    ];

    public static string Text(MathOperator op) => op switch
    {
        MathOperator.Or => "OR",
        MathOperator.And => "AND",
        _ => Array.Find(All, entry => entry.Operator == op).Text,
    };

    /// <summary>A larger number binds tighter. CloudWatch does not publish its order; this is the usual one.</summary>
    public static int Precedence(MathOperator op) => op switch
    {
        MathOperator.Or => 1,
        MathOperator.And => 2,
        <= MathOperator.GreaterOrEqual => 3,
        MathOperator.Add or MathOperator.Subtract => 4,
        MathOperator.Multiply or MathOperator.Divide => 5,
        _ => 7,
    };

    /// <summary>The result for two numbers; NaN, a dropped data point, for a division by zero and all else that is no number.</summary>
    public static double Apply(MathOperator op, double left, double right)
    {
        var result = op switch
        {
            MathOperator.Or => Truth(left != 0 || right != 0),
            MathOperator.And => Truth(left != 0 && right != 0),
            MathOperator.Equal => Truth(left == right),
            MathOperator.NotEqual => Truth(left != right),
            MathOperator.Less => Truth(left < right),
            MathOperator.LessOrEqual => Truth(left <= right),
            MathOperator.Greater => Truth(left > right),
            MathOperator.GreaterOrEqual => Truth(left >= right),
            MathOperator.Add => left + right,
            MathOperator.Subtract => left - right,
            MathOperator.Multiply => left * right,
            MathOperator.Divide => left / right,
            _ => Math.Pow(left, right),
        };
        return double.IsFinite(result) ? result : double.NaN;
    }

    private static double Truth(bool value) => value ? 1 : 0;
}
