using BenchmarkDotNet.Attributes;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// The contenders of every suite of requests. Each is a method, not a parameter, because only so there is a ratio to
/// the one to which nobody listens; each runs in a process of its own, so that no one hears another's instruments.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(5)]
[IterationCount(15)]
[IterationTime(250)]
public abstract class RequestSuite
{
    protected const int Operations = 4096;

    [GlobalSetup(Target = nameof(Nobody))]
    public Task StartNobody() => StartAsync(Listening.Nobody);

    [GlobalSetup(Target = nameof(NoOpListener))]
    public Task StartNoOpListener() => StartAsync(Listening.NoOpListener);

    [GlobalSetup(Target = nameof(OpenTelemetry))]
    public Task StartOpenTelemetry() => StartAsync(Listening.OpenTelemetry);

    [GlobalSetup(Target = nameof(OpenTelemetryTwoReaders))]
    public Task StartOpenTelemetryTwoReaders() => StartAsync(Listening.OpenTelemetryTwoReaders);

    [GlobalSetup(Target = nameof(FastScaling))]
    public Task StartFastScaling() => StartAsync(Listening.FastScaling);

    [GlobalSetup(Target = nameof(OpenTelemetryAndFastScaling))]
    public Task StartOpenTelemetryAndFastScaling() => StartAsync(Listening.OpenTelemetryAndFastScaling);

    [GlobalSetup(Target = nameof(PrometheusNet))]
    public Task StartPrometheusNet() => StartAsync(Listening.PrometheusNet);

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Nobody() => Request();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void NoOpListener() => Request();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OpenTelemetry() => Request();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OpenTelemetryTwoReaders() => Request();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void FastScaling() => Request();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OpenTelemetryAndFastScaling() => Request();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void PrometheusNet() => Request();

    [GlobalCleanup]
    public Task Cleanup() => StopAsync();

    protected abstract Task StartAsync(Listening listening);

    /// <summary>Makes <see cref="Operations"/> requests.</summary>
    protected abstract void Request();

    protected abstract Task StopAsync();
}
