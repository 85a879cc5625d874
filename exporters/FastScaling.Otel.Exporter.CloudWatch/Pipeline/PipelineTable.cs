using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>Finds the pipelines that hang on a meter provider, for as long as it lives.</summary>
internal static class PipelineTable
{
    private static readonly ConditionalWeakTable<MeterProvider, List<ScalingPipeline>> Pipelines = [];

    public static void Add(MeterProvider provider, ScalingPipeline pipeline)
    {
        var list = Pipelines.GetOrCreateValue(provider);
        lock (list)
        {
            list.Add(pipeline);
        }
    }

    public static ScalingPipeline[] Of(MeterProvider provider)
    {
        if (!Pipelines.TryGetValue(provider, out var list))
        {
            return [];
        }

        lock (list)
        {
            return [.. list];
        }
    }
}
