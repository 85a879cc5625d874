using FastScaling.Lab.Live.Balancing;
using FastScaling.Lab.Live.Load;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Lab.Live;

/// <summary>What a lab listens and sends with: the local CloudWatch, the way to it, the load balancer, and the clients.</summary>
internal sealed class LabServers : IAsyncDisposable
{
    private LocalCloudWatchServer? _cloudWatch;
    private CloudWatchGate? _gate;
    private Balancer? _balancer;
    private LoadGenerator? _load;
    private long _calls;

    public LocalCloudWatchServer CloudWatch => _cloudWatch!;

    public CloudWatchGate Gate => _gate!;

    public Balancer Balancer => _balancer!;

    public LoadGenerator Load => _load!;

    /// <summary>Calls of PutMetricData that were accepted.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <param name="setup">Ports, delays, health checks.</param>
    /// <param name="changed">Told of alarms that change their state.</param>
    /// <param name="invoked">Told of actions of alarms.</param>
    /// <param name="served">Told which task answered a request well; on the threads of the requests.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">A port cannot be had.</exception>
    public async Task OpenAsync(
        LabSetup setup, Action<AlarmStateChange> changed, Action<AlarmActionInvocation> invoked, Action<int> served, CancellationToken cancellationToken)
    {
        var (settings, delay) = (setup.Settings, setup.Base.CloudWatch);
        var options = new LocalCloudWatchOptions
        {
            Port = settings.CloudWatchPort,
            IngestionDelay = delay.IngestionDelayMinimum,
            IngestionDelaySpread = delay.IngestionDelayMaximum - delay.IngestionDelayMinimum,
            Seed = settings.Assumptions.Seed,
            Received = _ => Interlocked.Increment(ref _calls),
            AlarmStateChanged = changed,
            AlarmActionInvoked = invoked,
        };
        try
        {
            _cloudWatch = await LocalCloudWatchServer.StartAsync(options, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new IOException($"The local CloudWatch cannot listen: {exception.Message} The option is --cloudwatch-port.", exception);
        }

        _gate = await CloudWatchGate.StartAsync(_cloudWatch, cancellationToken);
        _balancer = await Balancer.StartAsync(setup.Balancer, settings.ServicePort, served, cancellationToken);
        _load = new LoadGenerator(_balancer.Address, TimeSpan.FromSeconds(settings.Assumptions.ClientTimeout), TimeSpan.FromMilliseconds(settings.Assumptions.LatencyGoal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new IAsyncDisposable?[] { _balancer, _gate, _cloudWatch })
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }

        _load?.Dispose();
    }
}
