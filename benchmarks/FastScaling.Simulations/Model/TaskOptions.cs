using FastScaling.Otel.Exporter.CloudWatch;

namespace FastScaling.Simulations.Model;

/// <summary>How a simulated task publishes.</summary>
internal sealed record TaskOptions
{
    public SurgeThresholds Thresholds { get; init; } = new();

    public TimeSpan ExportInterval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan QuietExportInterval { get; init; }

    public int MaxExtraCallsPerHour { get; init; } = new FastScalingCloudWatchExporterOptions().MaxExtraCallsPerHour;

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests that the task can serve in a second.</summary>
    public long Capacity { get; init; } = long.MaxValue;
}
