using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>From samples to the body, uncompressed.</summary>
public class WriteBenchmarks : ExportBenchmarks
{
    protected override Gzip Compression => Gzip.None;

    private protected override int Export(IBatchExport export, Sample[] samples) => export.Write(samples);
}
