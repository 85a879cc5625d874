namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>A value of metric math. NaN stands for a missing data point. All series of one evaluation have the same length.</summary>
/// <param name="Kind">A number, a time series, or an array of them.</param>
/// <param name="Number">The number, when it is one.</param>
/// <param name="Rows">The series: one, or as many as the array has.</param>
internal readonly record struct MathValue(MathKind Kind, double Number, double[][] Rows)
{
    public static MathValue Scalar(double number) => new(MathKind.Scalar, number, []);

    public static MathValue Series(double[] values) => new(MathKind.Series, 0, [values]);

    public static MathValue Array(double[][] rows) => new(MathKind.Array, 0, rows);

    /// <summary>The data point of a series, or the number itself.</summary>
    public double At(int row, int index) => Kind switch
    {
        MathKind.Scalar => Number,
        MathKind.Series => Rows[0][index],
        _ => Rows[row][index],
    };
}
