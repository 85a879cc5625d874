namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>Many data points to one. NaN is a missing one, and the result of nothing but missing ones.</summary>
internal static class Reductions
{
    public static double Count(IEnumerable<double> points) => points.Count(static point => !double.IsNaN(point));

    public static double Sum(IEnumerable<double> points) => Over(points, static present => present.Sum());

    public static double Minimum(IEnumerable<double> points) => Over(points, static present => present.Min());

    public static double Maximum(IEnumerable<double> points) => Over(points, static present => present.Max());

    public static double Average(IEnumerable<double> points) => Over(points, static present => present.Average());

    /// <summary>Of an array, where "missing values are treated as 0".</summary>
    public static double AverageWithZeros(IEnumerable<double> points)
    {
        var all = points.ToArray();
        return Over(all, present => present.Sum() / all.Length);
    }

    public static double StandardDeviation(IEnumerable<double> points) => Over(points, static present =>
    {
        var mean = present.Average();
        return Math.Sqrt(present.Sum(point => (point - mean) * (point - mean)) / present.Length);
    });

    private static double Over(IEnumerable<double> points, Func<double[], double> reduce)
    {
        var present = points.Where(static point => !double.IsNaN(point)).ToArray();
        var result = present.Length == 0 ? double.NaN : reduce(present);
        return double.IsFinite(result) ? result : double.NaN;
    }
}
