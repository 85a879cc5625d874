using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>The options as they were when the provider was built. Later changes to the options change nothing.</summary>
internal sealed record ExporterSettings
{
    public ExporterSettings(FastScalingCloudWatchExporterOptions options)
    {
        Namespace = options.Namespace;
        Region = options.Region;
        Endpoint = options.Endpoint;
        Credentials = options.Credentials;
        SampleInterval = options.SampleInterval;
        ExportInterval = options.ExportInterval;
        StorageResolution = options.StorageResolution;
        Signals = options.Signals;
        WarmUp = options.WarmUp;
        ShutdownTimeout = options.ShutdownTimeout;
        SurgeThresholds = options.SurgeThresholds.Copy();
        QuietBelow = options.QuietBelow;
        CustomSignals = [.. options.CustomSignals];
        CallTimes = new CallTimes
        {
            ExportInterval = options.ExportInterval,
            QuietExportInterval = options.QuietExportInterval,
            MaxExtraCallsPerHour = options.MaxExtraCallsPerHour,
        };
        MaxBacklogBytes = options.MaxBacklogBytes;
        MaxBacklogAge = TimeSpan.FromTicks(Math.Max(options.MaxBacklogAge.Ticks, Math.Max(ExportInterval.Ticks, options.QuietExportInterval.Ticks) * 2));
        Dimensions = [.. options.Dimensions.OrderBy(dimension => dimension.Key, StringComparer.Ordinal)];
    }

    public string Namespace { get; }

    public string? Region { get; }

    public Uri? Endpoint { get; }

    public AWSCredentials? Credentials { get; }

    public TimeSpan SampleInterval { get; }

    public TimeSpan ExportInterval { get; }

    public int StorageResolution { get; }

    public ScalingSignals Signals { get; }

    public TimeSpan WarmUp { get; }

    public TimeSpan ShutdownTimeout { get; }

    public SurgeThresholds SurgeThresholds { get; }

    public double QuietBelow { get; }

    public IReadOnlyList<CustomSignal> CustomSignals { get; }

    public CallTimes CallTimes { get; }

    public long MaxBacklogBytes { get; }

    /// <summary>Never less than two export intervals, those of quiet mode too, or samples would be dropped that were never in a request.</summary>
    public TimeSpan MaxBacklogAge { get; }

    /// <summary>The configured dimensions, by name; empty when they are to be found.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; }

    /// <summary>
    /// How long one call may take: well below the export interval, so that one that hangs is over before the next is due.
    /// </summary>
    public TimeSpan RequestTimeout
    {
        get
        {
            var share = ExportInterval * 0.8;
            return share < LongestRequest ? share : LongestRequest;
        }
    }

    private static TimeSpan LongestRequest => TimeSpan.FromSeconds(10);
}
