namespace FastScaling.Benchmarks.Experiments.Starving;

/// <summary>
/// What most would write first: a timer and an asynchronous HttpClient. It sends when it was told to, if the thread
/// pool lets it.
/// </summary>
internal sealed class ConventionalPublisher : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client = new();
    private readonly PeriodicTimer _timer;
    private readonly Uri _url;

    public ConventionalPublisher(Uri url, TimeSpan interval)
    {
        _url = url;
        _timer = new PeriodicTimer(interval);
        _ = PublishAsync();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _timer.Dispose();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task PublishAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(_stopping.Token))
            {
                using var content = new StringContent("{}");
                using var response = await _client.PostAsync(_url, content, _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            // The experiment is over.
        }
    }
}
