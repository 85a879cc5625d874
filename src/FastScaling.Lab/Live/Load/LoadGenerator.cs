using System.Diagnostics;
using System.Globalization;
using FastScaling.Lab.Live.Tasks;

namespace FastScaling.Lab.Live.Load;

/// <summary>
/// The clients: an open loop. Requests leave when they are due, whether or not earlier ones have been answered; at most so many are open, and what is due
/// beyond counts as lost.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    // At 10 s of patience, more than six tasks could make wait.
    private const int MostInFlight = 4000;

    private readonly Lock _lock = new();
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly double _goal;
    private readonly Random _random = new(1);
    private List<double> _latencies = [];
    private List<double> _spare = [];
    private double _waited;
    private int _sent;
    private int _lost;
    private int _inFlight;
    private long _allSent;
    private long _allServed;
    private long _allLost;
    private long _allOverGoal;

    /// <param name="address">Of the load balancer.</param>
    /// <param name="timeout">How long a client waits.</param>
    /// <param name="goal">What is slower is counted.</param>
    public LoadGenerator(Uri address, TimeSpan timeout, TimeSpan goal)
    {
        _goal = goal.TotalMilliseconds;
        _address = address;
        _handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null };
        _http = new HttpClient(_handler, disposeHandler: false) { Timeout = timeout };
    }

    /// <summary>Requests since the start: sent, served in time, lost, and of the served those over the goal.</summary>
    public (long Sent, long Served, long Lost, long OverGoal) Totals
    {
        get
        {
            lock (_lock)
            {
                return (_allSent, _allServed, _allLost, _allOverGoal);
            }
        }
    }

    /// <summary>A few requests before the run, so that its first second does not wait for compilers. They are not counted.</summary>
    public async Task WarmUpAsync(int requests, CancellationToken cancellationToken)
    {
        for (var i = 0; i < requests; i++)
        {
            try
            {
                using var response = await _http.GetAsync(_address, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Whether the service works, the run will show.
            }
        }
    }

    /// <summary>Sends second by second until it is cancelled.</summary>
    /// <param name="requests">How many in a second; asked when it begins.</param>
    /// <param name="clock">Runs since second 0.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<int, int> requests, Stopwatch clock, CancellationToken cancellationToken)
    {
        try
        {
            for (var second = 0; ; second++)
            {
                await WaitAsync(clock, second, cancellationToken);
                var count = requests(second);
                for (var i = 0; i < count; i++)
                {
                    await WaitAsync(clock, second + ((i + _random.NextDouble()) / count), cancellationToken);
                    Leave();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    /// <summary>What happened since the last look.</summary>
    public LoadSecond Take()
    {
        List<double> latencies;
        int sent, lost, inFlight;
        double waited;
        lock (_lock)
        {
            (latencies, _latencies, sent, lost, inFlight, waited) = (_latencies, _spare, _sent, _lost, _inFlight, _waited);
            _spare = latencies;
            (_sent, _lost, _waited) = (0, 0, 0);
        }

        var second = LoadSecond.Of(sent, lost, inFlight, latencies, waited);
        latencies.Clear();
        return second;
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private static Task WaitAsync(Stopwatch clock, double second, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(second) - clock.Elapsed;
        cancellationToken.ThrowIfCancellationRequested();
        return wait > TimeSpan.FromMilliseconds(1) ? Task.Delay(wait, cancellationToken) : Task.CompletedTask;
    }

    private void Leave()
    {
        lock (_lock)
        {
            _sent++;
            _allSent++;
            if (_inFlight >= MostInFlight)
            {
                _lost++;
                _allLost++;
                return;
            }

            _inFlight++;
        }

        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        var start = Stopwatch.GetTimestamp();
        var isServed = false;
        var waited = 0.0;
        try
        {
            using var response = await _http.GetAsync(_address, CancellationToken.None);
            isServed = response.IsSuccessStatusCode;
            if (response.Headers.TryGetValues(TaskPipe.WaitedHeader, out var values))
            {
                waited = double.Parse(values.First(), CultureInfo.InvariantCulture);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // Lost: it is counted.
        }

        var latency = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        lock (_lock)
        {
            _inFlight--;
            if (isServed)
            {
                _latencies.Add(latency);
                _waited += waited;
                _allServed++;
                _allOverGoal += latency > _goal ? 1 : 0;
            }
            else
            {
                _lost++;
                _allLost++;
            }
        }
    }
}
