namespace FastScaling.LocalCloudWatch.Storage;

internal static class SeriesSnapshot
{
    public static LocalCloudWatchSeries Of(MetricIdentity metric, Series series, long now)
    {
        var points = series.All(now);
        var copies = new LocalCloudWatchDataPoint[points.Length];
        for (var i = 0; i < copies.Length; i++)
        {
            var aggregate = points[i].Aggregate;
            copies[i] = new LocalCloudWatchDataPoint
            {
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(points[i].Second),
                SampleCount = aggregate.SampleCount,
                Sum = aggregate.Sum,
                Minimum = aggregate.Minimum,
                Maximum = aggregate.Maximum,
                Distribution = aggregate.Distribution.ToPairs(),
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
