using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace FastScaling.Lab.Live.Balancing;

/// <summary>As a load balancer of AWS: a new target gets no requests before it has passed a health check.</summary>
internal sealed class HealthyOnly : IAvailableDestinationsPolicy
{
    public const string PolicyName = "HealthyOnly";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations) =>
        [.. allDestinations.Where(static destination => destination.Health.Active == DestinationHealth.Healthy)];
}
