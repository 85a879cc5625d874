using FastScaling.LocalCloudWatch;

namespace FastScaling.Simulations.Sockets;

/// <summary>
/// Looks at what the local CloudWatch holds at the moment when a call is accepted, and only while somebody waits: looking
/// all the time would take the processor from what is measured.
/// </summary>
internal sealed class AcceptanceWatch
{
    // A sample shows the surge when it has at least this; it is also the default threshold.
    private const double Shown = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Since, TaskCompletionSource<SurgeDelay> Found)> _waiting = [];

    public LocalCloudWatchServer? Server { get; set; }

    /// <summary>Waits for a sample of a service that shows its surge.</summary>
    public Task<SurgeDelay> WaitAsync(string service, DateTimeOffset since)
    {
        var found = new TaskCompletionSource<SurgeDelay>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting[service] = (since, found);
        }

        return found.Task;
    }

    /// <summary>No longer waits.</summary>
    public void Stop(string service)
    {
        lock (_lock)
        {
            if (_waiting.Remove(service, out var waiter))
            {
                waiter.Found.TrySetResult(SurgeDelay.Missing);
            }
        }
    }

    /// <summary>A call has been accepted.</summary>
    public void OnAccepted()
    {
        var now = DateTimeOffset.UtcNow;
        lock (_lock)
        {
            if (_waiting.Count == 0 || Server is null)
            {
                return;
            }

            foreach (var series in Server.GetSeries().Where(static series => series.MetricName == "RequestsPerSecond"))
            {
                foreach (var service in series.Dimensions.Select(static dimension => dimension.Value).Where(_waiting.ContainsKey).ToArray())
                {
                    Look(series, service, now);
                }
            }
        }
    }

    private void Look(LocalCloudWatchSeries series, string service, DateTimeOffset now)
    {
        var (since, found) = _waiting[service];
        foreach (var point in series.DataPoints)
        {
            if (point.Timestamp.ToUnixTimeSeconds() >= since.ToUnixTimeSeconds() && point.Sum >= Shown)
            {
                var sampled = point.Timestamp.AddSeconds(1);
                found.TrySetResult(new SurgeDelay((sampled - since).TotalSeconds, (now - sampled).TotalSeconds));
                _waiting.Remove(service);
                return;
            }
        }
    }
}
