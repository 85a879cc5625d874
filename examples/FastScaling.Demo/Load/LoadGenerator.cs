using System.Diagnostics;

namespace FastScaling.Demo.Load;

/// <summary>
/// An open loop: requests leave when they are due, whether or not earlier ones have been answered. At most so many are in flight; what is due
/// beyond is counted and not sent.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    public const string UserAgent = "FastScaling.Demo";

    private const int Seed = 20260618;
    private const int MostInFlight = 256;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _free = new(MostInFlight);
    private readonly Stopwatch _clock = new();
    private long _sent;
    private long _answered;
    private long _heldBack;
    private TimeSpan _lasted;
    private volatile bool _hasEnded;

    public LoadGenerator(LoadPlan plan, Uri address)
    {
        Plan = plan;
        _address = address;

        // The demo's own traffic goes through no proxy and leaves no spans.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            Timeout = RequestTimeout,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    public LoadPlan Plan { get; }

    /// <summary>The time since the load began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>How long the load lasted, once it has ended.</summary>
    public TimeSpan? Lasted => _hasEnded ? _lasted : null;

    public long Sent => Interlocked.Read(ref _sent);

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Due, and not sent because too many were in flight.</summary>
    public long HeldBack => Interlocked.Read(ref _heldBack);

    /// <summary>Sends until the plan ends or it is cancelled, and then waits for the answers.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _clock.Start();
        try
        {
            foreach (var due in Plan.DueTimes(Seed))
            {
                var wait = due - _clock.Elapsed;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (_free.Wait(0, CancellationToken.None))
                {
                    _ = SendAsync();
                }
                else
                {
                    Interlocked.Increment(ref _heldBack);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        _lasted = _clock.Elapsed;
        _hasEnded = true;
        for (var i = 0; i < MostInFlight; i++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _free.Dispose();
    }

    private async Task SendAsync()
    {
        Interlocked.Increment(ref _sent);
        try
        {
            using var response = await _http.GetAsync(_address, CancellationToken.None);
            if (response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _answered);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // Not answered: the summary says how many.
        }
        finally
        {
            _free.Release();
        }
    }
}
