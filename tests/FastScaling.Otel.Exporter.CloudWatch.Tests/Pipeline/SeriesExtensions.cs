using FastScaling.LocalCloudWatch;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

internal static class SeriesExtensions
{
    /// <summary>The one series of a metric, or null when the metric is not there.</summary>
    public static LocalCloudWatchSeries? Series(
        this LocalCloudWatchServer cloudWatch,
        ScalingSignals signal,
        string serviceName = "test",
        string metricNamespace = "FastScaling") =>
        cloudWatch.GetSeries().SingleOrDefault(series =>
            series.MetricName == signal.ToString()
            && series.Namespace == metricNamespace
            && series.Dimensions.Any(dimension => dimension.Value == serviceName));

    /// <summary>The data points of a metric, oldest first; none when the metric is not there.</summary>
    public static IReadOnlyList<LocalCloudWatchDataPoint> Points(
        this LocalCloudWatchServer cloudWatch,
        ScalingSignals signal,
        string serviceName = "test",
        string metricNamespace = "FastScaling") =>
        cloudWatch.Series(signal, serviceName, metricNamespace)?.DataPoints ?? [];

    /// <summary>What came in, in all.</summary>
    public static double Total(this LocalCloudWatchServer cloudWatch, ScalingSignals signal, string serviceName = "test") =>
        cloudWatch.Points(signal, serviceName).Sum(point => point.Sum);

    /// <summary>Each second from the first to the last has exactly one sample.</summary>
    public static void AssertOneSampleASecond(this IReadOnlyList<LocalCloudWatchDataPoint> points)
    {
        Assert.NotEmpty(points);
        Assert.All(points, point => Assert.Equal(1, point.SampleCount));
        Assert.Equal(
            Enumerable.Range(0, points.Count).Select(i => points[0].Timestamp.AddSeconds(i)),
            points.Select(point => point.Timestamp));
    }
}
