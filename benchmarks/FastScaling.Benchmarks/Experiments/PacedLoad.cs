namespace FastScaling.Benchmarks.Experiments;

/// <summary>Requests at a steady pace, whether earlier ones have been answered or not: a queue can build up.</summary>
internal sealed class PacedLoad : IAsyncDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _requests = [];
    private readonly List<(DateTimeOffset SentAt, TimeSpan Latency)> _answers = [];
    private readonly Lock _lock = new();
    private readonly Uri _url;
    private readonly Task _sending;

    public PacedLoad(Uri url, TimeSpan pace)
    {
        _url = url;
        _sending = SendAsync(pace);
    }

    /// <summary>The latencies of requests that were sent in a stretch of time.</summary>
    public IReadOnlyList<TimeSpan> Latencies(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
        {
            return [.. _answers.Where(answer => answer.SentAt >= from && answer.SentAt < to).Select(answer => answer.Latency)];
        }
    }

    /// <summary>Sends no more and waits for all answers; throws when a request failed.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        await Task.WhenAll(_requests);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        _client.Dispose();
        _ending.Dispose();
    }

    private async Task SendAsync(TimeSpan pace)
    {
        using var timer = new PeriodicTimer(pace);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                _requests.Add(SendOneAsync());
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private async Task SendOneAsync()
    {
        var sentAt = DateTimeOffset.UtcNow;
        using var response = await _client.GetAsync(_url);
        response.EnsureSuccessStatusCode();
        lock (_lock)
        {
            _answers.Add((sentAt, DateTimeOffset.UtcNow - sentAt));
        }
    }
}
