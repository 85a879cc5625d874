using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>The data of a metric in one unit and one storage resolution. Not safe for use by several threads: the store locks.</summary>
internal sealed class Series
{
    private static readonly TimeSpan SecondsRetention = TimeSpan.FromHours(3);
    private static readonly TimeSpan MinutesRetention = TimeSpan.FromDays(15);

    // High-resolution data are read by the second for three hours, and by the minute for as long as all others.
    private readonly PointList? _seconds;
    private readonly PointList _minutes = new(60, MinutesRetention);

    public Series(string unit, int storageResolution)
    {
        Unit = unit;
        StorageResolution = storageResolution;
        _seconds = storageResolution == 1 ? new PointList(1, SecondsRetention) : null;
    }

    public string Unit { get; }

    public int StorageResolution { get; }

    public bool IsEmpty => _minutes.Count == 0 && (_seconds is null || _seconds.Count == 0);

    public long Weight => _minutes.Weight + (_seconds?.Weight ?? 0);

    public void Add(long second, Aggregate aggregate, long now)
    {
        _seconds?.Add(second, aggregate, now);
        _minutes.Add(second, aggregate, now);
        Prune(now, all: false);
    }

    public void Prune(long now, bool all)
    {
        _seconds?.Prune(now, all);
        _minutes.Prune(now, all);
    }

    public ReadOnlySpan<StoredPoint> Between(long start, long end, int period, long now)
    {
        if (period >= 60)
        {
            return _minutes.Between(start, end, now);
        }

        return _seconds is null ? [] : _seconds.Between(start, end, now);
    }

    public ReadOnlySpan<StoredPoint> All(long now) => (_seconds ?? _minutes).Between(long.MinValue, long.MaxValue, now);
}
