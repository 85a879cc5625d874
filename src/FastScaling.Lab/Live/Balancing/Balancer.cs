using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace FastScaling.Lab.Live.Balancing;

/// <summary>The load balancer: YARP on the loopback address, with the health checks of the template's target group.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const string Cluster = "service";

    private static readonly RouteConfig[] Routes = [new() { RouteId = Cluster, ClusterId = Cluster, Match = new RouteMatch { Path = "/{**path}" } }];

    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(500);

    private readonly BalancerSettings _settings;
    private readonly WebApplication _app;
    private readonly InMemoryConfigProvider _config;
    private readonly IProxyStateLookup _state;
    private readonly Action<int> _served;
    private long _forwarded;
    private int _inFlight;

    private Balancer(BalancerSettings settings, int port, Action<int> served)
    {
        _settings = settings;
        _served = served;
        var builder = LoopbackHost.Builder(port, "FastScaling.Lab.Balancer");
        builder.Services.AddReverseProxy().LoadFromMemory(Routes, [ClusterOf(null)]);
        builder.Services.AddSingleton<IAvailableDestinationsPolicy, HealthyOnly>();
        _app = builder.Build();
        _app.MapReverseProxy(proxy =>
        {
            proxy.Use(CountAsync);
            proxy.UseLoadBalancing();
        });
        _config = _app.Services.GetRequiredService<InMemoryConfigProvider>();
        _state = _app.Services.GetRequiredService<IProxyStateLookup>();
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>While it is set, targets are checked twice a second: the first tasks need not wait for the template's interval.</summary>
    public bool IsStarting { get; set; } = true;

    /// <summary>Requests that were passed on to a task since the start, counted when they come.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <param name="settings">How targets are checked.</param>
    /// <param name="port">0 for any free one.</param>
    /// <param name="served">Told which task answered a request well; on the threads of the requests.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Balancer> StartAsync(BalancerSettings settings, int port, Action<int> served, CancellationToken cancellationToken)
    {
        var balancer = new Balancer(settings, port, served);
        balancer.Address = await LoopbackHost.StartAsync(balancer._app, "The load balancer", "--service-port", port, cancellationToken);
        return balancer;
    }

    /// <summary>Replaces the list of targets. What is known of those that stay, stays.</summary>
    public void Update(IReadOnlyDictionary<int, Uri> targets) => _config.Update(Routes, [ClusterOf(targets)]);

    /// <summary>The targets of which a health check has said something.</summary>
    public IEnumerable<(int Id, bool IsHealthy)> Checks() =>
        _state.TryGetCluster(Cluster, out var cluster)
            ? cluster.Destinations.Values
                .Where(static destination => destination.Health.Active != DestinationHealth.Unknown)
                .Select(static destination => (IdOf(destination), destination.Health.Active == DestinationHealth.Healthy))
            : [];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _inFlight);
        Interlocked.Increment(ref _forwarded);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        if (context.GetReverseProxyFeature().ProxiedDestination is not { } destination)
        {
            Interlocked.Decrement(ref _forwarded);
        }
        else if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            _served(IdOf(destination));
        }
    }

    private static int IdOf(DestinationState destination) => int.Parse(destination.DestinationId, NumberStyles.None, CultureInfo.InvariantCulture);

    private ClusterConfig ClusterOf(IReadOnlyDictionary<int, Uri>? targets) => new()
    {
        ClusterId = Cluster,
        LoadBalancingPolicy = _settings.IsLeastOutstanding ? LoadBalancingPolicies.LeastRequests : LoadBalancingPolicies.RoundRobin,
        Destinations = (targets ?? new Dictionary<int, Uri>())
            .ToDictionary(static target => target.Key.ToString(CultureInfo.InvariantCulture), static target => new DestinationConfig { Address = target.Value.AbsoluteUri }),
        HealthCheck = new HealthCheckConfig
        {
            AvailableDestinationsPolicy = HealthyOnly.PolicyName,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = IsStarting ? StartInterval : _settings.HealthCheckInterval,
                Timeout = _settings.HealthCheckTimeout,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health",
            },
        },
        Metadata = new Dictionary<string, string>
        {
            [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = _settings.UnhealthyThreshold.ToString(CultureInfo.InvariantCulture),
        },
    };
}
