using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Lab.Simulation;

/// <summary>How the exporter of the simulated tasks sends. Names and defaults are the product's own.</summary>
internal sealed record ExporterModelSettings
{
    private static readonly FastScalingCloudWatchExporterOptions Defaults = new();

    /// <summary>Time between regular calls, the quiet interval, and the limit of the calls beside them. Default: 5 s, off, 120 an hour.</summary>
    public CallTimes Calls { get; init; } = new()
    {
        ExportInterval = Defaults.ExportInterval,
        QuietExportInterval = Defaults.QuietExportInterval,
        MaxExtraCallsPerHour = Defaults.MaxExtraCallsPerHour,
    };

    /// <summary>From where on a rise is sent at once.</summary>
    public SurgeThresholds SurgeThresholds { get; init; } = Defaults.SurgeThresholds;

    /// <summary>The part of a threshold below which a signal is quiet. Default 0.5.</summary>
    public double QuietBelow { get; init; } = Defaults.QuietBelow;

    /// <summary>What is published. Default: all but the opt-in signal, which is not modelled.</summary>
    public ScalingSignals Signals { get; init; } = Defaults.Signals;

    /// <summary>CloudWatch's storage resolution in seconds: 1, the default, or 60.</summary>
    public int StorageResolution { get; init; } = Defaults.StorageResolution;

    /// <summary>The dimensions of the signals; empty, the default, for ClusterName and ServiceName.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; init; } = [];

    /// <summary>How long a task that has not served sends no zeros, in seconds. Default 30.</summary>
    public int WarmUp { get; init; } = (int)Defaults.WarmUp.TotalSeconds;

    /// <summary>Samples that are kept while CloudWatch does not answer. Default 300 s' worth; the oldest go first.</summary>
    public int KeptSeconds { get; init; } = (int)Defaults.MaxBacklogAge.TotalSeconds;

    /// <summary>What a call takes from the task to CloudWatch. Default 100 ms.</summary>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromMilliseconds(100);
}
