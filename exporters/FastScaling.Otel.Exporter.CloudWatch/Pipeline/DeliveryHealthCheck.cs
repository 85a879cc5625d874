using System.Globalization;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>Says whether CloudWatch gets the scaling signals of this container in time.</summary>
internal sealed class DeliveryHealthCheck : IHealthCheck
{
    private readonly IServiceProvider _services;
    private readonly TimeSpan _maxLag;
    private readonly TimeProvider _time;

    public DeliveryHealthCheck(IServiceProvider services, TimeSpan maxLag, TimeProvider time)
    {
        _services = services;
        _maxLag = maxLag;
        _time = time;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var pipelines = _services.GetService<MeterProvider>() is { } provider ? PipelineTable.Of(provider) : [];
        return Task.FromResult(pipelines.Length == 0
            ? HealthCheckResult.Healthy("The CloudWatch exporter is switched off or not added.")
            : Judge(pipelines, context.Registration.FailureStatus));
    }

    private HealthCheckResult Judge(ScalingPipeline[] pipelines, HealthStatus failure)
    {
        var now = _time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var late = new List<string>();
        foreach (var pipeline in pipelines)
        {
            var lag = pipeline.Health.LagAt(now, pipeline.Statistics.NewestAcceptedSecond);
            var limit = pipeline.Health.LimitFor(_maxLag);
            var prefix = pipeline.Health.Name.Length == 0 ? string.Empty : pipeline.Health.Name + ".";
            data[prefix + "lagSeconds"] = Math.Round(lag.TotalSeconds, 3);
            data[prefix + "pendingSamples"] = pipeline.PendingSamples;
            data[prefix + "droppedData"] = Enum.GetValues<DropReason>().Sum(pipeline.Statistics.Dropped);
            if (lag > limit)
            {
                late.Add(string.Create(CultureInfo.InvariantCulture, $"{lag.TotalSeconds:0} s behind, {limit.TotalSeconds:0} s are allowed"));
            }
        }

        return late.Count == 0
            ? HealthCheckResult.Healthy("CloudWatch has the scaling signals.", data)
            : new HealthCheckResult(failure, $"What CloudWatch has of the scaling signals is {string.Join("; ", late)}.", data: data);
    }
}
