using MathNet.Numerics.Statistics;

namespace FastScaling.Simulations.Reports;

/// <summary>How values are distributed.</summary>
/// <param name="Median">50 % are at most this.</param>
/// <param name="P90">90 %.</param>
/// <param name="P99">99 %.</param>
/// <param name="Max">All.</param>
/// <param name="Missing">How many had no value.</param>
internal sealed record Quantiles(double Median, double P90, double P99, double Max, int Missing)
{
    public static Quantiles Of(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var known = all.Where(static value => !double.IsNaN(value)).Order().ToArray();
        return known.Length == 0
            ? new Quantiles(0, 0, 0, 0, all.Length)
            : new Quantiles(At(known, 0.5), At(known, 0.9), At(known, 0.99), known[^1], all.Length - known.Length);
    }

    private static double At(double[] sorted, double part) => SortedArrayStatistics.QuantileCustom(sorted, part, QuantileDefinition.R7);
}
