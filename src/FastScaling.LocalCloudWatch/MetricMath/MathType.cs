namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>What an expression gives.</summary>
/// <param name="Kind">A number, a time series, or an array of them.</param>
/// <param name="Count">How many series an array has.</param>
internal readonly record struct MathType(MathKind Kind, int Count = 1)
{
    public static MathType Scalar => new(MathKind.Scalar);

    public static MathType Series => new(MathKind.Series);

    public static MathType Array(int count) => new(MathKind.Array, count);

    public override string ToString() => Kind switch
    {
        MathKind.Scalar => "a number",
        MathKind.Series => "a time series",
        _ => FormattableString.Invariant($"an array of {Count} time series"),
    };
}
