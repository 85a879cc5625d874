namespace FastScaling.Simulations.Model;

/// <summary>
/// A ten-second alarm: every ten seconds, the Average of the last ten seconds as far as it is visible, above the threshold.
/// Missing data change nothing. The full model of alarms is the local CloudWatch's; this is what a million runs can afford.
/// </summary>
internal static class Alarm
{
    public const double Period = 10;

    public const double Threshold = 100;

    public static bool IsBreaching(VisibleData data, double at) => data.Average(at - Period, at, at) > Threshold;

    /// <summary>As <see cref="IsBreaching"/>, with all data that will ever come.</summary>
    public static bool IsBreachingInTheEnd(VisibleData data, double at) =>
        data.Average(at - Period, at, double.PositiveInfinity) > Threshold;
}
