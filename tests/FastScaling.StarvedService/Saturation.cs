using System.Diagnostics;

namespace FastScaling.StarvedService;

/// <summary>
/// Queues more blocking work than the thread pool can take on, as a service does whose database has become slow: 80
/// items a second that block for 400 ms each need 32 threads, and the pool adds one or two a second.
/// </summary>
internal sealed class Saturation : IDisposable
{
    /// <summary>Names the address that the control call of HttpClient goes to.</summary>
    public const string ControlUrlVariable = "STARVED_SERVICE_CONTROL_URL";

    private const int ItemsPerRound = 16;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(400);

    // The queue is long by then.
    private static readonly TimeSpan ControlCallAfter = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _duration;
    private readonly ManualResetEventSlim _hasEnded = new();
    private TimeSpan _longestTaskRun;
    private TimeSpan? _httpClient;

    public Saturation(TimeSpan duration) => _duration = duration;

    /// <summary>Saturates the pool, on the calling thread, which must not be one of the pool.</summary>
    public SaturationReport Run()
    {
        var begin = DateTimeOffset.UtcNow;
        var probing = StartThread(ProbeTaskRun);
        var calling = StartThread(CallHttpClient);
        var clock = Stopwatch.StartNew();
        for (var round = 1; clock.Elapsed < _duration; round++)
        {
            for (var i = 0; i < ItemsPerRound; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static hasEnded => BlockAThread(hasEnded), _hasEnded, preferLocal: false);
            }

            var pause = (Round * round) - clock.Elapsed;
            Thread.Sleep(pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }

        var (end, threads) = (DateTimeOffset.UtcNow, ThreadPool.ThreadCount);
        _hasEnded.Set();
        probing.Join();
        calling.Join();
        return new SaturationReport(begin, end, _longestTaskRun.TotalSeconds, _httpClient?.TotalSeconds, threads);
    }

    // What still waits in the pool's queue asks only whether it is set, which a disposed one goes on to say.
    public void Dispose() => _hasEnded.Dispose();

    // Sleep, and not a wait that the pool knows of: for those it adds threads at once. What waits in the queue at the
    // end is done with at once, so that the process recovers.
    private static void BlockAThread(ManualResetEventSlim hasEnded)
    {
        if (!hasEnded.IsSet)
        {
            Thread.Sleep(Block);
        }
    }

    private static Thread StartThread(Action run)
    {
        var thread = new Thread(() => run()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void ProbeTaskRun()
    {
        while (!_hasEnded.IsSet)
        {
            using var hasRun = new ManualResetEventSlim();
            var clock = Stopwatch.StartNew();
            _ = Task.Run(hasRun.Set);
            hasRun.Wait();
            _longestTaskRun = clock.Elapsed > _longestTaskRun ? clock.Elapsed : _longestTaskRun;
            _hasEnded.Wait(Round);
        }
    }

    private void CallHttpClient()
    {
        if (Environment.GetEnvironmentVariable(ControlUrlVariable) is not { Length: > 0 } url || _hasEnded.Wait(ControlCallAfter))
        {
            return;
        }

        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var clock = Stopwatch.StartNew();
        using var response = client.Send(request);
        response.EnsureSuccessStatusCode();
        _httpClient = clock.Elapsed;
    }
}
