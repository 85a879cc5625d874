using BenchmarkDotNet.Attributes;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>The whole cycle but the network: from samples to the signed request.</summary>
public class SignBenchmarks : ExportBenchmarks
{
    [Params(Gzip.None, Gzip.Fastest, Gzip.Optimal)]
    public Gzip Level { get; set; }

    protected override Gzip Compression => Level;

    private protected override int Export(IBatchExport export, Sample[] samples)
    {
        export.Write(samples);
        export.Compress();
        return export.Sign();
    }
}
