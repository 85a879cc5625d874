using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>Gives a collection to the mapping.</summary>
internal sealed class InstrumentExporter : BaseExporter<Metric>
{
    private readonly MetricMapping _mapping;

    public InstrumentExporter(MetricMapping mapping) => _mapping = mapping;

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _mapping.Read(in batch);
        return ExportResult.Success;
    }
}
