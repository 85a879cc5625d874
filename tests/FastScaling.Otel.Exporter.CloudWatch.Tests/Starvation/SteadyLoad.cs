namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>Requests at a steady pace, whether earlier ones have been answered or not: a queue can build up.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _requests = [];
    private readonly SemaphoreSlim _answers = new(0);
    private readonly Uri _url;
    private readonly Task _sending;

    public SteadyLoad(Uri url, TimeSpan pace)
    {
        _url = url;
        _sending = SendAsync(pace);
    }

    /// <summary>Returns when so many more requests have been answered.</summary>
    public async Task WaitForAnswersAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _answers.WaitAsync(TimeSpan.FromSeconds(30)), "The service does not answer.");
        }
    }

    /// <summary>Sends no more and waits for all answers.</summary>
    /// <returns>The requests that were sent and answered with success.</returns>
    public async Task<int> EndAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        await Task.WhenAll(_requests).WaitAsync(TimeSpan.FromMinutes(1));
        return _requests.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        _client.Dispose();
        _ending.Dispose();
        _answers.Dispose();
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
        using var response = await _client.GetAsync(_url);
        response.EnsureSuccessStatusCode();
        _answers.Release();
    }
}
