namespace FastScaling.LocalCloudWatch.Storage;

internal static class SeriesSnapshot
{
    public static LocalCloudWatchSeries Of(MetricIdentity metric, Series series, long now)
    {
        var points = series.All(now);
        var copies = new LocalCloudWatchDataPoint[points.Length];
        for (var i = 0; i < copies.Length; i++)
        {
            var point = points[i];
            copies[i] = new LocalCloudWatchDataPoint
            {
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(point.Second),
                SampleCount = point.SampleCount,
                Sum = point.Sum,
                Minimum = point.Minimum,
                Maximum = point.Maximum,
                Distribution = point.ToDistribution().ToPairs(),
            };
        }

        return new LocalCloudWatchSeries
        {
            Namespace = metric.Namespace,
            MetricName = metric.Name,
            Dimensions = metric.Dimensions,
            Unit = series.Unit,
            StorageResolution = series.StorageResolution,
            DataPoints = copies,
        };
    }
}
