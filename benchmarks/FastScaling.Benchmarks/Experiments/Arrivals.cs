using FastScaling.LocalCloudWatch;

namespace FastScaling.Benchmarks.Experiments;

/// <summary>A local CloudWatch that notes when each call came, and with which call each second came first.</summary>
internal sealed class Arrivals : IAsyncDisposable
{
    private const string Signal = "RequestsPerSecond";

    private readonly Lock _lock = new();
    private readonly List<DateTimeOffset> _calls = [];
    private readonly Dictionary<DateTimeOffset, DateTimeOffset> _seconds = [];
    private LocalCloudWatchServer? _server;

    private Arrivals()
    {
    }

    public Uri Endpoint => _server!.Endpoint;

    public IReadOnlyList<DateTimeOffset> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls.Order()];
            }
        }
    }

    /// <summary>Each second that has a sample, and when that came; oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset Second, DateTimeOffset ArrivedAt)> Seconds
    {
        get
        {
            lock (_lock)
            {
                return [.. _seconds.OrderBy(each => each.Key).Select(each => (each.Key, each.Value))];
            }
        }
    }

    public static async Task<Arrivals> StartAsync()
    {
        var arrivals = new Arrivals();
        arrivals._server = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Received = arrivals.Note });
        return arrivals;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private void Note(PutMetricDataReceipt call)
    {
        // One at a time, or a call could be given the samples of another that came a moment later.
        lock (_lock)
        {
            _calls.Add(call.ReceivedAt);
            foreach (var point in _server!.GetSeries().Where(static series => series.MetricName == Signal).SelectMany(static series => series.DataPoints))
            {
                _seconds.TryAdd(point.Timestamp, call.ReceivedAt);
            }
        }
    }
}
