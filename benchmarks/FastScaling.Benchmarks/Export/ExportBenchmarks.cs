using BenchmarkDotNet.Attributes;
using FastScaling.Benchmarks.Conventional;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>What the steps of an export have in common: the content, and both implementations, proven to say the same.</summary>
[MemoryDiagnoser]
[Config(typeof(PerDatumConfig))]
[WarmupCount(3)]
[IterationCount(7)]
[IterationTime(200)]
public abstract class ExportBenchmarks : IDisposable
{
    private Sample[][] _requests = [];
    private ConventionalExport _conventional = null!;
    private BatchExport _ours = null!;

    /// <summary>30 are the signals of five seconds; 10,000 go in ten requests.</summary>
    [Params(30, 50, 1000, 10_000)]
    public int Data { get; set; }

    /// <summary>What both compress with.</summary>
    protected abstract Gzip Compression { get; }

    [GlobalSetup]
    public void Setup()
    {
        _requests = ExportContent.Create(Data);
        _conventional = new ConventionalExport(Compression, ExportContent.Nowhere);
        _ours = new BatchExport(Compression, ExportContent.Nowhere);
        foreach (var samples in _requests)
        {
            Export(_conventional, samples);
            Export(_ours, samples);
            BodyComparison.ThrowIfDifferent(_conventional.Body, _ours.Body);
        }
    }

    [Benchmark(Baseline = true)]
    public int Conventional()
    {
        var result = 0;
        foreach (var samples in _requests)
        {
            result += Export(_conventional, samples);
        }

        return result;
    }

    [Benchmark]
    public int FastScaling()
    {
        var result = 0;
        foreach (var samples in _requests)
        {
            result += Export(_ours, samples);
        }

        return result;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _conventional.Dispose();
        _ours.Dispose();
    }

    private protected abstract int Export(IBatchExport export, Sample[] samples);
}
