using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>Takes metrics and does nothing.</summary>
internal sealed class EmptyExporter : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
}
