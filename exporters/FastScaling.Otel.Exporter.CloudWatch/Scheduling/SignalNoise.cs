namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>How a signal scatters even when nothing changes.</summary>
internal enum SignalNoise
{
    /// <summary>A count of independent events: its variance is at least its mean.</summary>
    Count,

    /// <summary>Anything else: its deviation is taken to be at least a tenth of its mean.</summary>
    Measure,
}
