using System.Globalization;
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
    private readonly ScalingEngine _engine;
    private readonly WebApplication _app;
    private ITimer? _timer;

    private LocalAutoScalingServer(LocalAutoScalingOptions options)
    {
        _options = options;
        _engine = new ScalingEngine(Find, options.Assumptions);
        var operations = new AutoScalingOperations(_engine, options);
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
            await server._app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await server._app.DisposeAsync();
            throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"Port {options?.Port} is already in use on the loopback address. Stop what listens there, or choose another port."), e);
        }

        server._timer = server._options.TimeProvider.CreateTimer(static state => ((LocalAutoScalingServer)state!).Tick(), server, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return server;
    }

    public bool Accepts(string actionArn) => actionArn.Split(':') is ["arn", _, "autoscaling", _, _, "scalingPolicy", ..];

    /// <summary>
    /// An alarm that was set by SetAlarmState comes without data points, and its step scaling policy then changes nothing. (Application Auto Scaling reads them from
    /// StateReasonData, which is not modelled.)
    /// </summary>
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
