using BenchmarkDotNet.Attributes;

namespace FastScaling.Benchmarks;

/// <summary>
/// What one request records in the hosting layer of ASP.NET Core: one histogram with five tags, an up-down counter up
/// and down with two.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(4)]
[IterationCount(10)]
[IterationTime(150)]
public class RecordingBenchmarks
{
    private readonly RequestInstruments _instruments = new();
    private IDisposable? _listeners;

    [Params(
        Listening.Nobody,
        Listening.NoOpListener,
        Listening.OpenTelemetry,
        Listening.OpenTelemetryTwoReaders,
        Listening.FastScaling,
        Listening.FastScalingWithFailures,
        Listening.OpenTelemetryAndFastScaling)]
    public Listening Listening { get; set; }

    [GlobalSetup]
    public void Setup() => _listeners = Listeners.Start(Listening, _instruments.Meter);

    [Benchmark]
    public void Request() => _instruments.Record();

    [GlobalCleanup]
    public void Cleanup()
    {
        _listeners?.Dispose();
        _instruments.Dispose();
    }
}
