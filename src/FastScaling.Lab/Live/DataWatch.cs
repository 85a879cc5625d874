using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.Lab.Live;

/// <summary>Looks into the local CloudWatch: how old the newest datum is, and how many requests it has been told of.</summary>
internal sealed class DataWatch
{
    // A window longer than the backlog of an exporter: what is older does not change any more.
    private const int Window = 360;

    private readonly MetricStore _store;
    private readonly MetricIdentity _requests;
    private readonly long _start;
    private double _older;
    private long _windowStart;
    private long? _newest;

    /// <param name="store">The data.</param>
    /// <param name="requests">The metric that counts requests.</param>
    /// <param name="start">From when on.</param>
    public DataWatch(MetricStore store, MetricIdentity requests, DateTimeOffset start)
    {
        _store = store;
        _requests = requests;
        _start = _windowStart = start.ToUnixTimeSeconds();
    }

    /// <summary>Seconds between now and the end of the newest second that CloudWatch has; null before the first datum.</summary>
    public double? Age { get; private set; }

    /// <summary>Requests that CloudWatch has been told of since the start.</summary>
    public double Received { get; private set; }

    public void Look(DateTimeOffset now)
    {
        var end = now.ToUnixTimeSeconds() + 1;
        if (end - _windowStart > 2 * Window)
        {
            _older += Sum(_windowStart, end - Window);
            _windowStart = end - Window;
        }

        var buckets = Read(_windowStart, end);
        Received = _older + buckets.Sum(static bucket => bucket.Value(Statistic.Plain("Sum")!) ?? 0);
        if (buckets.Count > 0)
        {
            _newest = Math.Max(_newest ?? 0, buckets[^1].Second);
        }

        Age = _newest is { } newest ? (now - DateTimeOffset.FromUnixTimeSeconds(newest + 1)).TotalSeconds : null;
    }

    /// <summary>Requests that CloudWatch knows of a part of the run, in seconds since its start.</summary>
    public double Between(int from, int to) => Sum(_start + from, _start + to);

    private double Sum(long from, long to) => Read(from, to).Sum(static bucket => bucket.Value(Statistic.Plain("Sum")!) ?? 0);

    private IReadOnlyList<PeriodBucket> Read(long from, long to) => _store.Read(_requests, null, from, to, 1, withValues: false) is [var stream, ..] ? stream.Buckets : [];
}
