using BenchmarkDotNet.Attributes;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>From samples to the compressed body.</summary>
public class CompressBenchmarks : ExportBenchmarks
{
    [Params(Gzip.Fastest, Gzip.Optimal)]
    public Gzip Level { get; set; }

    protected override Gzip Compression => Level;

    private protected override int Export(IBatchExport export, Sample[] samples)
    {
        export.Write(samples);
        return export.Compress();
    }
}
