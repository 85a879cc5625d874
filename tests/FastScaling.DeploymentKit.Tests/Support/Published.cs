using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.DeploymentKit.Tests.Support;

/// <summary>What the exporter publishes when nothing is configured.</summary>
internal static class Published
{
    public static FastScalingCloudWatchExporterOptions Defaults { get; } = new();

    public static IReadOnlyList<SignalMetric> Signals { get; } = [.. SignalMetric.All.Where(metric => Defaults.Signals.HasFlag(metric.Signal))];

    public static IEnumerable<string> Names => Signals.Select(metric => metric.Name);
}
