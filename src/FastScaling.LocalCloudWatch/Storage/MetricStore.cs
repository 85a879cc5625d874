using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Validation;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>All data, in memory and bounded. One lock guards it: a local server has few clients.</summary>
internal sealed class MetricStore
{
    /// <summary>Our own bound, not CloudWatch's.</summary>
    public const int DefaultMaximumSeries = 100_000;

    /// <summary>Our own bound on points and distinct values together: some hundred megabytes.</summary>
    public const long DefaultMaximumWeight = 20_000_000;

    private const long SweepEverySeconds = 60;

    private readonly Lock _lock = new();
    private readonly Dictionary<MetricIdentity, Metric> _metrics = [];
    private readonly TimeProvider _clock;
    private readonly int _maximumSeries;
    private readonly long _maximumWeight;
    private int _seriesCount;
    private long _weight;
    private long _nextSweep = long.MinValue;

    public MetricStore(TimeProvider clock, int maximumSeries = DefaultMaximumSeries, long maximumWeight = DefaultMaximumWeight)
    {
        _clock = clock;
        _maximumSeries = maximumSeries;
        _maximumWeight = maximumWeight;
    }

    /// <summary>Points and distinct values that it holds together.</summary>
    public long Weight
    {
        get
        {
            lock (_lock)
            {
                return _weight;
            }
        }
    }

    /// <summary>Stores all samples, or none of them.</summary>
    public void Add(IReadOnlyList<Sample> samples)
    {
        lock (_lock)
        {
            var now = Now();
            SweepIfDue(now);
            EnsureRoom(samples, now);
            Add(samples, now);
        }
    }

    /// <summary>Throws when the samples would be refused now.</summary>
    public void EnsureRoom(IReadOnlyList<Sample> samples)
    {
        lock (_lock)
        {
            EnsureRoom(samples, Now());
        }
    }

    /// <summary>Stores samples for which there was room when their call was accepted: what is accepted is never lost.</summary>
    public void AddAccepted(IReadOnlyList<Sample> samples)
    {
        lock (_lock)
        {
            var now = Now();
            SweepIfDue(now);
            Add(samples, now);
        }
    }

    /// <summary>
    /// The statistics from <paramref name="start"/> on, before <paramref name="end"/>, a stream for each unit: different units aggregate
    /// separately, and "if you omit Unit, all data that was collected with any unit is returned".
    /// </summary>
    public IReadOnlyList<UnitStream> Read(MetricIdentity identity, string? unit, long start, long end, int period, bool withValues)
    {
        lock (_lock)
        {
            if (!_metrics.TryGetValue(identity, out var metric))
            {
                return [];
            }

            var now = Now();
            var streams = new SortedDictionary<int, UnitStream>();
            foreach (var group in metric.Series.GroupBy(static series => series.Unit, StringComparer.Ordinal))
            {
                if (unit is not null && unit != group.Key)
                {
                    continue;
                }

                var buckets = new SortedDictionary<long, PeriodBucket>();
                foreach (var series in group)
                {
                    if (period >= 60)
                    {
                        PeriodBucket.Collect(series.Minutes(start, end, now), start, period, withValues, buckets);
                    }

                    PeriodBucket.Collect(series.Seconds(start, end, period, now), start, period, withValues, buckets);
                }

                if (buckets.Count > 0)
                {
                    streams.Add(StandardUnits.IndexOf(group.Key), new UnitStream(group.Key, [.. buckets.Values]));
                }
            }

            return [.. streams.Values];
        }
    }

    /// <summary>
    /// As many periods as there is room for, the last of which ends at <paramref name="end"/>. Without a unit all units count together: what
    /// CloudWatch makes of several units in one alarm is undefined.
    /// </summary>
    public void ReadWindow(MetricIdentity identity, string? unit, long end, int period, bool withValues, Span<PeriodBucket?> buckets)
    {
        buckets.Clear();
        lock (_lock)
        {
            if (!_metrics.TryGetValue(identity, out var metric))
            {
                return;
            }

            var now = Now();
            var start = end - ((long)period * buckets.Length);
            foreach (var series in metric.Series)
            {
                if (unit is not null && unit != series.Unit)
                {
                    continue;
                }

                if (period >= 60)
                {
                    PeriodBucket.Collect(series.Minutes(start, end, now), start, period, withValues, buckets);
                }

                PeriodBucket.Collect(series.Seconds(start, end, period, now), start, period, withValues, buckets);
            }
        }
    }

    /// <summary>The metrics whose key comes after <paramref name="after"/>, in ordinal order.</summary>
    public IReadOnlyList<MetricIdentity> List(Func<MetricIdentity, bool> filter, TimeSpan? activeWithin, string after)
    {
        lock (_lock)
        {
            var now = Now();
            Sweep(now);
            var earliest = activeWithin is { } span ? now - (long)span.TotalSeconds : long.MinValue;
            return [.. _metrics.Values
                .Where(metric => metric.LastWrite >= earliest && string.CompareOrdinal(metric.Identity.Key, after) > 0 && filter(metric.Identity))
                .Select(static metric => metric.Identity)
                .OrderBy(static identity => identity.Key, StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<LocalCloudWatchSeries> Snapshot()
    {
        lock (_lock)
        {
            var now = Now();
            Sweep(now);
            return [.. _metrics.Values
                .OrderBy(static metric => metric.Identity.Key, StringComparer.Ordinal)
                .SelectMany(metric => metric.Series.Select(series => SeriesSnapshot.Of(metric.Identity, series, now)))];
        }
    }

    private void EnsureRoom(IReadOnlyList<Sample> samples, long now)
    {
        if (_weight >= _maximumWeight)
        {
            Sweep(now);
            if (_weight >= _maximumWeight)
            {
                throw CloudWatchError.Throttling(FormattableString.Invariant(
                    $"Rate exceeded: the local CloudWatch holds at most {_maximumWeight} data points and distinct values."));
            }
        }

        HashSet<(string, string, int)>? added = null;
        foreach (var sample in samples)
        {
            if (sample.Aggregate is not null
                && !(_metrics.TryGetValue(sample.Metric, out var metric) && metric.Find(sample.Unit, sample.StorageResolution) is not null))
            {
                (added ??= []).Add((sample.Metric.Key, sample.Unit, sample.StorageResolution));
            }
        }

        if (added is not null && _seriesCount + added.Count > _maximumSeries)
        {
            throw CloudWatchError.Throttling(FormattableString.Invariant(
                $"Rate exceeded: the local CloudWatch holds at most {_maximumSeries} series."));
        }
    }

    private void Add(IReadOnlyList<Sample> samples, long now)
    {
        foreach (var sample in samples)
        {
            if (sample.Aggregate is { } aggregate)
            {
                Add(sample, aggregate, now);
            }
        }
    }

    private void Add(Sample sample, Aggregate aggregate, long now)
    {
        if (!_metrics.TryGetValue(sample.Metric, out var metric))
        {
            metric = new Metric(sample.Metric);
            _metrics.Add(sample.Metric, metric);
        }

        var series = metric.Find(sample.Unit, sample.StorageResolution);
        if (series is null)
        {
            series = metric.Add(sample.Unit, sample.StorageResolution);
            _seriesCount++;
        }

        var before = series.Weight;
        series.Add(sample.Second, aggregate, now);
        _weight += series.Weight - before;
        metric.LastWrite = now;
    }

    private void SweepIfDue(long now)
    {
        if (now >= _nextSweep)
        {
            Sweep(now);
        }
    }

    private void Sweep(long now)
    {
        _nextSweep = now + SweepEverySeconds;
        _weight = 0;
        foreach (var (key, metric) in _metrics)
        {
            foreach (var series in metric.Series)
            {
                series.Prune(now, all: true);
            }

            _seriesCount -= metric.RemoveEmpty();
            _weight += metric.Series.Sum(static series => series.Weight);
            if (metric.Series.Count == 0)
            {
                _metrics.Remove(key);
            }
        }
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeSeconds();
}
