using FastScaling.Benchmarks.Gate;

namespace FastScaling.Benchmarks.Load;

/// <summary>A median and its 95 % percentile bootstrap interval.</summary>
internal sealed record MedianInterval(double Median, double Low, double High)
{
    /// <summary>The same numbers give the same interval.</summary>
    public static MedianInterval Of(IReadOnlyList<double> values)
    {
        var (median, interval) = PairedStatistics.OfMedian(values);
        return new MedianInterval(median, interval.Low, interval.High);
    }
}
