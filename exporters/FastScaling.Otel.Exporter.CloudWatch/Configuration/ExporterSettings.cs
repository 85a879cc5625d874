using Amazon.Runtime;

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
        MaxBacklogBytes = options.MaxBacklogBytes;
        MaxBacklogAge = options.MaxBacklogAge > ExportInterval * 2 ? options.MaxBacklogAge : ExportInterval * 2;
        Dimensions = options.Dimensions.Count == 0 ? [] : [.. options.Dimensions.OrderBy(dimension => dimension.Key, StringComparer.Ordinal)];
    }

    public string Namespace { get; }

    public string? Region { get; }

    public Uri? Endpoint { get; }

    public bool? UseFipsEndpoint { get; }

    public bool? UseDualStackEndpoint { get; }

    public bool AllowInsecureEndpoint { get; }

    public Uri? Proxy { get; }

    public string? CertificateAuthorityFile { get; }

    public AWSCredentials? Credentials { get; }

    public TimeSpan SampleInterval { get; }

    public TimeSpan ExportInterval { get; }

    public int StorageResolution { get; }

    public ScalingSignals Signals { get; }

    public TimeSpan WarmUp { get; }

    public TimeSpan ShutdownTimeout { get; }

    public long MaxBacklogBytes { get; }

    /// <summary>Never less than two export intervals, or samples would be dropped that were never in a request.</summary>
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
