using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>
/// The product's exporter, with the bytes that it allocates. What OpenTelemetry itself allocates to collect, which any
/// exporter pays, stays outside.
/// </summary>
internal sealed class MeasuringExporter : BaseExporter<Metric>
{
    public SignalExporter Inner { get; } = new();

    /// <summary>Bytes allocated by all exports so far.</summary>
    public long Allocated { get; private set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Inner.Export(batch);
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return result;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
