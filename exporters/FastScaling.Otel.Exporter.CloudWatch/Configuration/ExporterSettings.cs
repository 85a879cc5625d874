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
        UseFipsEndpoint = options.UseFipsEndpoint;
        UseDualStackEndpoint = options.UseDualStackEndpoint;
        AllowInsecureEndpoint = options.AllowInsecureEndpoint;
        Proxy = options.Proxy;
        CertificateAuthorityFile = options.CertificateAuthorityFile;
        Credentials = options.Credentials;
        SampleInterval = options.SampleInterval;
        ExportInterval = options.ExportInterval;
        StorageResolution = options.StorageResolution;
        Signals = options.Signals;
        WarmUp = options.WarmUp;
        ShutdownTimeout = options.ShutdownTimeout;
        Instruments = [.. options.Instruments];
        ExportsProviderMetrics = options.ExportProviderMetrics;
        ProviderMetricsNamespace = options.ProviderMetricsNamespace;
        ProviderMetricsTags = [.. options.ProviderMetricsTags];
        MaxSeries = options.MaxSeries;
        DurationUnit = options.DurationUnit;
        PerTaskSeries = options.PerTaskSeries;
        PublishingContainer = options.PublishingContainer;
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
        MaxBacklogAge = TimeSpan.FromTicks(Math.Max(options.MaxBacklogAge.Ticks, LongestInterval.Ticks * 2));
        Dimensions = options.Dimensions.Count == 0 ? [] : [.. options.Dimensions.OrderBy(dimension => dimension.Key, StringComparer.Ordinal)];
    }

    public string Namespace { get; private init; }

    public string? Region { get; }

    public Uri? Endpoint { get; }

    public bool? UseFipsEndpoint { get; }

    public bool? UseDualStackEndpoint { get; }

    public bool AllowInsecureEndpoint { get; }

    public Uri? Proxy { get; }

    public string? CertificateAuthorityFile { get; }

    public AWSCredentials? Credentials { get; }

    public TimeSpan SampleInterval { get; }

    public TimeSpan ExportInterval { get; private init; }

    public int StorageResolution { get; private init; }

    public ScalingSignals Signals { get; private init; }

    public TimeSpan WarmUp { get; }

    public TimeSpan ShutdownTimeout { get; }

    /// <summary>What is published like signals besides them.</summary>
    public IReadOnlyList<InstrumentRule> Instruments { get; private init; }

    public bool ExportsProviderMetrics { get; private init; }

    /// <summary>Whether the log says at the start what is published.</summary>
    public bool IsAnnounced { get; private init; } = true;

    public string ProviderMetricsNamespace { get; }

    public IReadOnlyList<string> ProviderMetricsTags { get; }

    public int MaxSeries { get; }

    public DurationUnit DurationUnit { get; }

    public bool PerTaskSeries { get; private init; }

    public string? PublishingContainer { get; }

    public SurgeThresholds SurgeThresholds { get; }

    public double QuietBelow { get; }

    public IReadOnlyList<CustomSignal> CustomSignals { get; }

    public CallTimes CallTimes { get; }

    /// <summary>The longest that lies between two calls when all is well.</summary>
    public TimeSpan LongestInterval => CallTimes.QuietExportInterval > ExportInterval ? CallTimes.QuietExportInterval : ExportInterval;

    public long MaxBacklogBytes { get; }

    /// <summary>Never less than two export intervals, those of quiet mode too, or samples would be dropped that were never in a request.</summary>
    public TimeSpan MaxBacklogAge { get; }

    /// <summary>The configured dimensions, by name; empty when they are to be found.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; }

    /// <summary>How many bytes the dimensions of the service take in each datum, about.</summary>
    public int DimensionBytes
    {
        get
        {
            const int quotesAndNames = 30;
            const int found = 700;
            return Dimensions.Count == 0 ? found : Dimensions.Sum(dimension => (2 * (dimension.Key.Length + dimension.Value.Length)) + quotesAndNames);
        }
    }

    /// <summary>The settings of the requests that carry what the application's own provider collects.</summary>
    /// <param name="isAnnounced">Whether they say themselves what they publish; else the pipeline has done so.</param>
    public ExporterSettings ForProviderMetrics(bool isAnnounced = true) => this with
    {
        IsAnnounced = isAnnounced,
        ExportsProviderMetrics = true,
        Namespace = ProviderMetricsNamespace,
        ExportInterval = ProviderMetricsInterval,
        StorageResolution = 60,
        Signals = ScalingSignals.None,
        Instruments = [],
        PerTaskSeries = false,
    };

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

    /// <summary>How often what the application's own provider collects is published.</summary>
    public static TimeSpan ProviderMetricsInterval => TimeSpan.FromMinutes(1);

    private static TimeSpan LongestRequest => TimeSpan.FromSeconds(10);
}
