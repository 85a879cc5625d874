using OpenTelemetry.Metrics;

namespace FastScaling.Demo.Service;

/// <summary>The application's own periodic reader: every 10 seconds, and at the end.</summary>
internal sealed class RequestCountReader : PeriodicExportingMetricReader
{
    private const int Interval = 10_000;

    public RequestCountReader(RequestCountExporter exporter)
        : base(exporter, Interval)
    {
    }
}
