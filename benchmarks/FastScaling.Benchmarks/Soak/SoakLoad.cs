using System.Diagnostics;

namespace FastScaling.Benchmarks.Soak;

/// <summary>Requests to one service by the plan, whether earlier ones have been answered or not.</summary>
internal sealed class SoakLoad : IAsyncDisposable
{
    // What a machine that is too busy leaves unanswered must not pile up in here.
    private const int MostUnderWay = 1000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<double> _moment;
    private readonly Task _sending;
    private volatile Uri? _target;
    private long _answered;
    private long _failed;
    private int _underWay;

    /// <param name="moment">The moment of the run, from 0 to 1.</param>
    public SoakLoad(Func<double> moment)
    {
        _moment = moment;
        _sending = SendAsync();
    }

    /// <summary>Where the requests go; null for nowhere.</summary>
    public Uri? Target
    {
        get => _target;
        set => _target = value;
    }

    /// <summary>Requests with an answer, 200 or 400.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Requests without an answer, or with another.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Waits until no request is under way; send them nowhere before.</summary>
    public async Task SettleAsync(TimeSpan longest)
    {
        var watch = Stopwatch.StartNew();
        while (Volatile.Read(ref _underWay) > 0 && watch.Elapsed < longest)
        {
            await Task.Delay(Pace);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        _client.Dispose();
        _ending.Dispose();
    }

    private async Task SendAsync()
    {
        var watch = Stopwatch.StartNew();
        var (last, due, number) = (0.0, 0.0, 0L);
        while (!_ending.IsCancellationRequested)
        {
            await Task.Delay(Pace, CancellationToken.None);
            var level = SoakPlan.LoadAt(_moment());
            var now = watch.Elapsed.TotalSeconds;

            // After a stall of the machine the load goes on, and is not made up for.
            due += level.Rate * Math.Min(1, now - last);
            last = now;
            for (; due >= 1; due--)
            {
                if (_target is { } target && _underWay < MostUnderWay)
                {
                    number++;
                    var isBad = level.RefusedEvery > 0 && number % level.RefusedEvery == 0;
                    _ = SendOneAsync(new Uri(target, $"/?ms={(isBad ? -1 : level.Milliseconds)}"));
                }
            }
        }
    }

    private async Task SendOneAsync(Uri url)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            using var response = await _client.GetAsync(url);
            Interlocked.Increment(ref ((int)response.StatusCode is 200 or 400 ? ref _answered : ref _failed));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
