namespace FastScaling.Demo.Reading;

/// <summary>Asks CloudWatch for all metrics of the service, each call for the last minute by second.</summary>
internal sealed class CloudWatchReader
{
    public const string RequestsPerSecond = "RequestsPerSecond";
    public const string ResponseTime = "ResponseTime";
    public const string ResponseTimeP99 = "ResponseTime p99";

    private const string PerSecond = "Count/Second";
    private const string Milliseconds = "Milliseconds";
    private const string Count = "Count";
    private const int Second = 1;
    private const int Minute = 60;
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(1);

    // The exporter's clock is ours, but the second in progress ends later.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(2);

    private static readonly (string Name, string Unit)[] Metrics =
    [
        (RequestsPerSecond, PerSecond),
        (ResponseTime, Milliseconds),
        ("ActiveRequests", Count),
        ("ActiveConnections", Count),
        ("QueueLength", Count),
        ("QueueDelay", Milliseconds),
    ];

    private static readonly MetricQuery[] Queries =
    [
        .. Metrics.Select(metric => new MetricQuery(metric.Name, "Sum", metric.Unit)),
        .. Metrics.Select(metric => new MetricQuery(metric.Name, "SampleCount", metric.Unit)),
        new MetricQuery(ResponseTime, "p99", Milliseconds),
    ];

    private readonly CloudWatchClient _client;

    public CloudWatchReader(CloudWatchClient client) => _client = client;

    public async Task<CloudWatchView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var points = await _client.GetMetricDataAsync(Queries, now - Past, now + Ahead, Second, cancellationToken);
        var series = Metrics.Select((_, i) => new MetricSeries(points[i], points[Metrics.Length + i])).ToArray();
        var newest = series.Max(one => one.Newest);
        var views = Metrics.Select((metric, i) => View(metric.Name, metric.Unit, series[i], newest)).ToList();
        views.Insert(2, Percentile(points[^1], newest));
        return new CloudWatchView(series[0], newest, views);
    }

    /// <summary>The Sum of RequestsPerSecond since the start: with one-second data, the number of requests.</summary>
    public async Task<long> RequestsSinceAsync(DateTimeOffset start, CancellationToken cancellationToken)
    {
        var points = await _client.GetMetricDataAsync(
            [new MetricQuery(RequestsPerSecond, "Sum", PerSecond)], start, DateTimeOffset.UtcNow + Ahead, Minute, cancellationToken);
        return (long)Math.Round(points[0].Sum(point => point.Value));
    }

    private static MetricView View(string name, string unit, MetricSeries series, long? newest) => new(
        name,
        unit,
        series.Newest is { } last ? series.At(last) : null,
        newest is { } end ? series.Average(end, Alarm.AlarmWatch.Period) : null,
        Columns(newest, series.At));

    private static MetricView Percentile(IReadOnlyList<MetricPoint> points, long? newest)
    {
        var values = points.ToDictionary(point => point.Second, point => point.Value);
        return new MetricView(
            ResponseTimeP99,
            Milliseconds,
            points.Count > 0 ? points[^1].Value : null,
            null,
            Columns(newest, second => values.TryGetValue(second, out var value) ? value : null));
    }

    private static double?[] Columns(long? newest, Func<long, double?> valueAt) =>
        newest is { } end
            ? [.. Enumerable.Range(0, CloudWatchView.Columns).Select(i => valueAt(end - CloudWatchView.Columns + 1 + i))]
            : [];
}
