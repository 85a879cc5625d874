namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>Fills missing data points, which are NaN, from those around them. Where there is none, they stay missing.</summary>
internal static class Gaps
{
    /// <summary>With the last value before the gap.</summary>
    public static double[] Repeat(double[] row)
    {
        var last = double.NaN;
        return [.. row.Select(value => last = double.IsNaN(value) ? last : value)];
    }

    /// <summary>On a line between the values before and after the gap.</summary>
    public static double[] Interpolate(double[] row)
    {
        var result = (double[])row.Clone();
        var last = -1;
        for (var i = 0; i < row.Length; i++)
        {
            if (double.IsNaN(row[i]))
            {
                continue;
            }

            for (var gap = last + 1; last >= 0 && gap < i; gap++)
            {
                result[gap] = row[last] + ((row[i] - row[last]) * (gap - last) / (i - last));
            }

            last = i;
        }

        return result;
    }
}
