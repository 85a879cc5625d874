namespace FastScaling.Benchmarks.Load;

/// <summary>What a sample service is made of.</summary>
/// <param name="Exporter">Where the exporter sends; null when the service has none.</param>
/// <param name="HasOpenTelemetry">Whether it has OpenTelemetry with a reader of its own, as many services do.</param>
/// <param name="ExportInterval">The export interval.</param>
/// <param name="Conventional">Where a timer and HttpClient send to for comparison; null for nowhere.</param>
internal sealed record ServiceSetup(Uri? Exporter, bool HasOpenTelemetry, TimeSpan ExportInterval, Uri? Conventional)
{
    /// <summary>Whether a listener that does nothing takes the measurements that the exporter would take.</summary>
    public bool HasNoOpListener { get; init; }
}
