using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Hosting;
using Microsoft.AspNetCore.Builder;

namespace FastScaling.LocalCloudWatch;

/// <summary>
/// A CloudWatch for development and tests: metrics and alarms over RPC v2 CBOR, AWS JSON 1.0 and the query protocol, with CloudWatch's limits and
/// errors. It listens on the loopback address only and keeps its data in memory.
/// </summary>
/// <remarks>
/// It may run inside the process of the application it serves: its own requests show up in no metrics, traces or logs of that application, and
/// environment variables and configuration files do not change it. It holds at most 100,000 series and 20 million data points and distinct
/// values; beyond, PutMetricData is refused with <c>Throttling</c>.
/// </remarks>
public sealed class LocalCloudWatchServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CloudWatchModel _model;
    private readonly AlarmLoop _loop;
    private readonly TimeProvider _clock;
    private readonly CallLog _calls;

    private LocalCloudWatchServer(WebApplication app, CloudWatchModel model, AlarmLoop loop, CallLog calls, TimeProvider clock)
    {
        _app = app;
        _model = model;
        _loop = loop;
        _clock = clock;
        _calls = calls;
        Endpoint = IsolatedHost.Endpoint(app);
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:4582/</c>: what to set as <c>AWS_ENDPOINT_URL_CLOUDWATCH</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>For the lab, which puts alarms and looks at data without a call.</summary>
    internal CloudWatchModel Model => _model;

    /// <summary>The number of calls, of any operation, that were accepted since the start.</summary>
    public long AcceptedCalls => _calls.Accepted;

    /// <summary>The number of calls, of any operation, that were refused since the start.</summary>
    public long RejectedCalls => _calls.Rejected;

    /// <summary>Starts a server. When the task completes, it listens.</summary>
    /// <param name="options">How it listens and what it checks; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start, not the running server.</param>
    /// <returns>The running server; dispose it to stop it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="IOException">The port is already in use, or cannot be bound.</exception>
    public static async Task<LocalCloudWatchServer> StartAsync(LocalCloudWatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalCloudWatchOptions();
        OptionsCheck.Check(options);

        var model = new CloudWatchModel(options.ToSettings(), options.TimeProvider);
        var calls = new CallLog();
        var loop = new AlarmLoop(model, options);
        var app = IsolatedHost.Build(options, new RequestHandler(options, model, loop, calls).HandleAsync);
        try
        {
            await IsolatedHost.StartAsync(app, options.Port, cancellationToken);
            loop.Start();
            return new LocalCloudWatchServer(app, model, loop, calls, options.TimeProvider);
        }
        catch
        {
            await loop.DisposeAsync();
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>All series held at this moment, in ordinal order of namespace, name and dimensions. Later data do not change it.</summary>
    /// <returns>A copy that is safe to keep and to read from any thread.</returns>
    public IReadOnlyList<LocalCloudWatchSeries> GetSeries()
    {
        _model.Ingest(_clock.GetUtcNow());
        return _model.Store.Snapshot();
    }

    /// <summary>Stops listening, gives running calls 2 seconds to end, and drops all data. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
