using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Hosting;
using Microsoft.AspNetCore.Builder;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>
/// Application Auto Scaling for development and tests: AWS JSON 1.1 on the loopback address, for ECS services. Given to a local CloudWatch as
/// an action target, it is invoked by alarms whose actions hold the ARN of a policy.
/// </summary>
internal sealed class LocalAutoScalingServer : IAlarmActionTarget, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IScalableService> _services = new(StringComparer.Ordinal);
    private readonly LocalAutoScalingOptions _options;
    private readonly PolicyAlarms _alarms = new();
    private readonly ScalingEngine _engine;
    private readonly WebApplication _app;
    private ITimer? _timer;

    private LocalAutoScalingServer(LocalAutoScalingOptions options)
    {
        _options = options;
        _engine = new ScalingEngine(Find, options.Assumptions);
        var operations = new AutoScalingOperations(_engine, _alarms);
        var handler = new AutoScalingHandler(operations, _lock, options.TimeProvider);
        _app = IsolatedHost.Build(new LocalCloudWatchOptions { Port = options.Port }, handler.HandleAsync);
    }

    /// <summary>What to give to clients as the endpoint URL.</summary>
    public Uri Endpoint => IsolatedHost.Endpoint(_app);

    public static async Task<LocalAutoScalingServer> StartAsync(LocalAutoScalingOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new LocalAutoScalingServer(options ?? new LocalAutoScalingOptions());
        try
        {
            await IsolatedHost.StartAsync(server._app, server._options.Port, cancellationToken);
        }
        catch
        {
            await server._app.DisposeAsync();
            throw;
        }

        server._timer = server._options.TimeProvider.CreateTimer(static state => ((LocalAutoScalingServer)state!).Tick(), server, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return server;
    }

    public bool Accepts(string actionArn) => actionArn.Split(':') is ["arn", _, "autoscaling", _, _, "scalingPolicy", ..];

    /// <summary>From now on policies have their alarms in this CloudWatch.</summary>
    public void Connect(LocalCloudWatchServer cloudWatch)
    {
        lock (_lock)
        {
            _alarms.Book = cloudWatch.Model.Alarms;
        }
    }

    /// <summary>An alarm that SetAlarmState set without data points in its reason comes with none, and its policy then changes nothing.</summary>
    public void Invoke(AlarmActionInvocation invocation)
    {
        var signal = new AlarmSignal(invocation.ActionArn, invocation.AlarmName, invocation.Threshold, invocation.Datapoints);
        lock (_lock)
        {
            _engine.Act(_options.TimeProvider.GetUtcNow(), signal);
        }
    }

    /// <summary>The desired count of a service, or null when nobody has registered it.</summary>
    public int? DesiredCount(string resourceId)
    {
        lock (_lock)
        {
            return _services.GetValueOrDefault(resourceId)?.DesiredCount;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private IScalableService? Find(ScalableTargetId id)
    {
        if (!_services.TryGetValue(id.ResourceId, out var service))
        {
            service = _options.Services is null ? new InstantService() : _options.Services(id);
            if (service is not null)
            {
                _services.Add(id.ResourceId, service);
            }
        }

        return service;
    }

    private void Tick()
    {
        lock (_lock)
        {
            _engine.Advance(_options.TimeProvider.GetUtcNow());
        }
    }
}
