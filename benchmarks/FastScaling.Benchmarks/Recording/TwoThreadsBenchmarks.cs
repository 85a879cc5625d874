using BenchmarkDotNet.Attributes;
using FastScaling.Benchmarks.Threads;

namespace FastScaling.Benchmarks;

/// <summary>
/// Two threads that record the same series at the same time: what one request records, and the duration alone, which
/// is the dearest of it. Time per operation is wall time through the operations of both threads together.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(4)]
[IterationCount(10)]
[IterationTime(150)]
public class TwoThreadsBenchmarks
{
    private const int Operations = 20_000;

    private readonly ThreadPair _threads = new();
    private readonly RequestInstruments _instruments = new();
    private IDisposable? _listeners;

    [Params(
        Listening.Nobody,
        Listening.NoOpListener,
        Listening.OpenTelemetry,
        Listening.OpenTelemetryTwoReaders,
        Listening.FastScaling,
        Listening.OpenTelemetryAndFastScaling)]
    public Listening Listening { get; set; }

    [GlobalSetup]
    public void Setup() => _listeners = Listeners.Start(Listening, _instruments.Meter);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Request() => _threads.Run(_instruments.Record, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Duration() => _threads.Run(RecordDurations, Operations);

    [GlobalCleanup]
    public void Cleanup()
    {
        _threads.Dispose();
        _listeners?.Dispose();
        _instruments.Dispose();
    }

    private void RecordDurations(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _instruments.Duration.Record(0.0123);
        }
    }
}
