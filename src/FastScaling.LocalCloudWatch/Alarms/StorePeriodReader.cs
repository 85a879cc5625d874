using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>Reads the periods of alarms from the store. For one thread at a time.</summary>
internal sealed class StorePeriodReader : IPeriodReader
{
    private readonly MetricStore _store;
    private PeriodBucket?[] _buckets = [];

    public StorePeriodReader(MetricStore store)
    {
        _store = store;
    }

    public void Read(MetricSource source, long end, Span<AlarmDatapoint> periods)
    {
        if (_buckets.Length < periods.Length)
        {
            _buckets = new PeriodBucket?[periods.Length];
        }

        var buckets = _buckets.AsSpan(0, periods.Length);
        _store.ReadWindow(source.Metric, source.Unit, end, source.Period, source.Statistic.NeedsValues, buckets);
        for (var i = 0; i < periods.Length; i++)
        {
            var second = end - ((long)(periods.Length - i) * source.Period);
            periods[i] = new AlarmDatapoint(second, buckets[i]?.Value(source.Statistic) ?? double.NaN, buckets[i]?.SampleCount ?? 0);
        }
    }
}
