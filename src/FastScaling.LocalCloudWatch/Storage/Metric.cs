namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>A metric and its few series: usually one.</summary>
internal sealed class Metric
{
    private readonly List<Series> _series = [];

    public Metric(MetricIdentity identity)
    {
        Identity = identity;
    }

    public MetricIdentity Identity { get; }

    public IReadOnlyList<Series> Series => _series;

    /// <summary>When data last arrived, in seconds since the epoch: what "recently active" is judged by.</summary>
    public long LastWrite { get; set; }

    public Series? Find(string unit, int storageResolution)
    {
        // Asked for every datum: without a delegate to be made.
        foreach (var series in _series)
        {
            if (series.Unit == unit && series.StorageResolution == storageResolution)
            {
                return series;
            }
        }

        return null;
    }

    public Series Add(string unit, int storageResolution)
    {
        var series = new Series(unit, storageResolution);
        _series.Add(series);
        return series;
    }

    public int RemoveEmpty() => _series.RemoveAll(static series => series.IsEmpty);
}
