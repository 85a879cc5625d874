namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>What CloudWatch takes as a value: from -2^360 to 2^360, no NaN, no infinity (MetricDatum, API reference).</summary>
internal static class CloudWatchValue
{
    /// <summary>2^360, which a double holds exactly.</summary>
    public static readonly double Max = Math.ScaleB(1, 360);

    public static bool IsAcceptable(double value) => Math.Abs(value) <= Max;

    /// <summary>The nearest value that is taken; only for values that are numbers.</summary>
    public static double Clamp(double value) => Math.Clamp(value, -Max, Max);
}
