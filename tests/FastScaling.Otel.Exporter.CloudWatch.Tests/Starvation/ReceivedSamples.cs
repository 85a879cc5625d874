using FastScaling.LocalCloudWatch;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>Notes when each call came, and with which call each second of a series came first.</summary>
internal sealed class ReceivedSamples
{
    private const string Signal = nameof(ScalingSignals.RequestsPerSecond);

    private readonly Lock _lock = new();
    private readonly List<PutMetricDataReceipt> _calls = [];
    private readonly Dictionary<(string Dimensions, DateTimeOffset Second), DateTimeOffset> _arrivals = [];
    private LocalCloudWatchServer? _server;

    public static async Task<(LocalCloudWatchServer Server, ReceivedSamples Samples)> StartAsync(LocalCloudWatchOptions options)
    {
        var samples = new ReceivedSamples();
        options.Received = samples.Note;
        samples._server = await LocalCloudWatchServer.StartAsync(options);
        return (samples._server, samples);
    }

    /// <summary>The calls in the order in which they came.</summary>
    public IReadOnlyList<PutMetricDataReceipt> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls.OrderBy(call => call.ReceivedAt)];
            }
        }
    }

    /// <summary>How long after the end of each second its sample came, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset Second, TimeSpan Age)> Ages
    {
        get
        {
            lock (_lock)
            {
                return [.. _arrivals
                    .Select(arrival => (arrival.Key.Second, arrival.Value - arrival.Key.Second.AddSeconds(1)))
                    .OrderBy(age => age.Second)];
            }
        }
    }

    private void Note(PutMetricDataReceipt call)
    {
        // One at a time, or a call could be given the samples of another that came a moment later.
        lock (_lock)
        {
            _calls.Add(call);
            foreach (var series in _server!.GetSeries().Where(series => series.MetricName == Signal))
            {
                var dimensions = string.Join(",", series.Dimensions);
                foreach (var point in series.DataPoints)
                {
                    _arrivals.TryAdd((dimensions, point.Timestamp), call.ReceivedAt);
                }
            }
        }
    }
}
