using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Watches whether the scaling signals reach CloudWatch.</summary>
public static class FastScalingHealthCheckExtensions
{
    /// <summary>
    /// Adds a health check that is degraded while the newest sample that CloudWatch has accepted is older than a limit. It
    /// is healthy before <c>WarmUp</c> is over, and when the exporter is switched off. Its data are <c>lagSeconds</c>,
    /// <c>pendingSamples</c> and <c>droppedData</c>.
    /// </summary>
    /// <remarks>
    /// For people and dashboards. It must not be part of the health check of a load balancer or a container: when CloudWatch
    /// does not answer, the task still serves, and replacing every task of the fleet would make a disturbance an outage.
    /// </remarks>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check. Default: <c>fastscaling-cloudwatch</c>.</param>
    /// <param name="maxLag">
    /// The limit. Default: 60 seconds. More than zero; never applied below two export intervals and a sample interval.
    /// </param>
    /// <param name="failureStatus">What is reported beyond the limit. Default: <see cref="HealthStatus.Degraded"/>.</param>
    /// <param name="tags">Tags of the check, to leave it out of an endpoint. Default: none.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLag"/> is not more than zero.</exception>
    public static IHealthChecksBuilder AddFastScalingHealthCheck(
        this IHealthChecksBuilder builder,
        string? name = null,
        TimeSpan? maxLag = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var limit = maxLag ?? TimeSpan.FromSeconds(60);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(maxLag));

        return builder.Add(new HealthCheckRegistration(
            name ?? "fastscaling-cloudwatch",
            services => new DeliveryHealthCheck(services, limit, TimeProvider.System),
            failureStatus ?? HealthStatus.Degraded,
            tags));
    }
}
