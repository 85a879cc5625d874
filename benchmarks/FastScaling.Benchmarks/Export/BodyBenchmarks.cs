using BenchmarkDotNet.Attributes;
using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks;

/// <summary>From samples to the body of a request: all signals of this many seconds, response times of 40 values.</summary>
[MemoryDiagnoser]
public class BodyBenchmarks
{
    private readonly PutMetricDataWriter _writer = new("FastScaling", [new("ClusterName", "production"), new("ServiceName", "orders")], 1);
    private readonly Sample _sample = new()
    {
        Second = 1_795_000_000,
        Signals = ScalingSignals.All,
        RequestsPerSecond = 153,
        ActiveRequests = 12,
        ActiveConnections = 40,
        QueueLength = 3,
        QueueDelay = 0.000123,
    };

    [Params(5, 160)]
    public int Seconds { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 1; i <= 40; i++)
        {
            _sample.ResponseTime.Add(0.001 * Math.Pow(1.09, i), i);
        }
    }

    [Benchmark]
    public int Write()
    {
        _writer.Begin();
        for (var i = 0; i < Seconds; i++)
        {
            _writer.TryAdd(_sample);
        }

        return _writer.End().Length;
    }
}
