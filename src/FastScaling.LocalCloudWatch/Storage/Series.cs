using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>The data of a metric in one unit and one storage resolution. Not safe for use by several threads: the store locks.</summary>
internal sealed class Series
{
    private static readonly TimeSpan SecondsRetention = TimeSpan.FromHours(3);
    private static readonly TimeSpan MinutesRetention = TimeSpan.FromDays(15);

    // High-resolution data are read by the second for three hours; then they move to the minutes, which are kept as long as all others.
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
        (_seconds is not null && _seconds.Holds(second, now) ? _seconds : _minutes).Add(second, aggregate, now);
        Prune(now, all: false);
    }

    public void Prune(long now, bool all)
    {
        _seconds?.Prune(now, all, _minutes);
        _minutes.Prune(now, all, keeper: null);
    }

    /// <summary>What reads by the minute see of the minutes that are past.</summary>
    public ReadOnlySpan<PointTotal> Minutes(long start, long end, long now) => _minutes.Between(start, end, now);

    /// <summary>
    /// The single seconds. Reads by the minute see them whole, to the end of the last minute, and also those that are past their retention but
    /// have not moved yet.
    /// </summary>
    public ReadOnlySpan<PointTotal> Seconds(long start, long end, int period, long now)
    {
        if (_seconds is null)
        {
            return [];
        }

        return period >= 60 ? _seconds.Between(start, WholeMinute(end)) : _seconds.Between(start, end, now);
    }

    public ReadOnlySpan<PointTotal> All(long now) => (_seconds ?? _minutes).Between(long.MinValue, long.MaxValue, now);

    private static long WholeMinute(long second) => second > long.MaxValue - 60 ? second : (second + 59) / 60 * 60;
}
