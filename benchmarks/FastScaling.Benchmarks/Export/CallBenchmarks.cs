using BenchmarkDotNet.Attributes;
using FastScaling.Benchmarks.Conventional;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>
/// A whole call over loopback, on a kept connection: from samples to the reply. The server runs in this process, so a
/// memory diagnoser would count what it allocates: what the calling thread allocates is printed at the end instead.
/// </summary>
[WarmupCount(3)]
[IterationCount(7)]
[IterationTime(200)]
public class CallBenchmarks : IDisposable
{
    private Sample[] _samples = [];
    private LocalCloudWatchServer _server = null!;
    private ConventionalExport _conventional = null!;
    private BatchExport _ours = null!;

    [Params(30, 1000)]
    public int Data { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _samples = ExportContent.Create(Data)[0];
        _server = LocalCloudWatchServer.StartAsync().GetAwaiter().GetResult();
        _conventional = new ConventionalExport(Gzip.Optimal, _server.Endpoint);
        _ours = new BatchExport(Gzip.Fastest, _server.Endpoint);
        if (!Conventional() || !FastScaling())
        {
            throw new InvalidOperationException("The server refused a request.");
        }

        BodyComparison.ThrowIfDifferent(_conventional.Body, _ours.Body);
    }

    [Benchmark(Baseline = true)]
    public bool Conventional() => Call(_conventional);

    [Benchmark]
    public bool FastScaling() => Call(_ours);

    [GlobalCleanup]
    public void Dispose()
    {
        Console.WriteLine(
            $"// Allocated by the calling thread in a call of {Data} data: conventional {Allocation.PerRun(() => Conventional()):N0} B, "
            + $"FastScaling {Allocation.PerRun(() => FastScaling()):N0} B");
        _conventional.Dispose();
        _ours.Dispose();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private bool Call(IBatchExport export)
    {
        export.Write(_samples);
        export.Compress();
        return export.Send();
    }
}
