using System.Globalization;
using System.Numerics;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// What publishing costs a month at list prices of us-east-1: 0.30 dollars a metric and 0.01 dollars for 1,000 requests
/// (Amazon CloudWatch pricing, November 2026). Neither the free tier nor the lower prices of large volumes are counted.
/// </summary>
internal static class CostEstimate
{
    private const double DollarsPerMetric = 0.30;
    private const double DollarsPerRequest = 0.01 / 1000;
    private const double SecondsPerMonth = 730 * 3600;

    /// <summary>What is published, in words.</summary>
    public static string Describe(ExporterSettings settings)
    {
        var parts = new List<string>();
        if (settings.Signals != ScalingSignals.None)
        {
            parts.Add(settings.Signals + (settings.PerTaskSeries ? " (of the service and of each task)" : string.Empty));
        }

        parts.AddRange(settings.Instruments.Select(rule =>
            $"{rule.Meter}/{rule.Pattern}" + (rule.Tags.Count == 0 ? string.Empty : $" by {string.Join(", ", rule.Tags)}")));
        if (settings.ExportsProviderMetrics)
        {
            parts.Add($"all that the application collects (namespace {settings.ProviderMetricsNamespace}"
                + (settings.ProviderMetricsTags.Count == 0 ? ")" : $", by {string.Join(", ", settings.ProviderMetricsTags)})"));
        }

        return string.Join("; ", parts);
    }

    /// <summary>What that costs, in words.</summary>
    public static string Price(ExporterSettings settings)
    {
        var signals = BitOperations.PopCount((uint)settings.Signals);
        var requests = settings.Signals == ScalingSignals.None ? 0 : SecondsPerMonth / settings.ExportInterval.TotalSeconds;
        requests += settings.ExportsProviderMetrics ? SecondsPerMonth / ExporterSettings.ProviderMetricsInterval.TotalSeconds : 0;
        var perTask = (requests * DollarsPerRequest) + (settings.PerTaskSeries ? signals * DollarsPerMetric : 0);
        var series = settings.Instruments.Count > 0 || settings.ExportsProviderMetrics
            ? string.Create(CultureInfo.InvariantCulture, $", and ${DollarsPerMetric:0.00} for each series of instruments (at most {settings.MaxSeries:N0} and one for each metric; more than 500 take further requests)")
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"${signals * DollarsPerMetric:0.00} a month for the service and ${perTask:0.00} for each task{series}");
    }
}
