using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>
/// A collection of a histogram of OpenTelemetry that holds this many buckets, into a reading. Temporality is cumulative
/// here, so that every collection finds the buckets filled without recordings in between.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(3)]
[IterationCount(7)]
[IterationTime(200)]
public class CollectionBenchmarks : IDisposable
{
    // The scale at which 147 buckets hold a factor of 4.9: what the SDK comes down to for them.
    private const int Scale = 6;
    private const string MeterName = "FastScaling.Benchmarks.Collection";

    private readonly SignalExporter _exporter = new();
    private readonly SignalReading _reading = new();
    private Meter _meter = null!;
    private BaseExportingMetricReader _reader = null!;
    private MeterProvider _provider = null!;

    [Params(1, 10, 40, 80, ExponentialHistogramMapping.MaxBuckets)]
    public int Buckets { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _meter = new Meter(new MeterOptions(MeterName));
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(MeterName)
            .AddView(_ => new Base2ExponentialBucketHistogramConfiguration
            {
                MaxSize = ExponentialHistogramMapping.MaxBuckets,
                MaxScale = Scale,
                TagKeys = [],
            })
            .AddReader(_reader)
            .Build();
        var duration = _meter.CreateHistogram<double>("http.server.request.duration", "s");
        for (var i = 0; i < Buckets * 10; i++)
        {
            duration.Record(MappingContent.ValueIn(i % Buckets, Scale));
        }
    }

    [Benchmark]
    public int CollectAndMap()
    {
        _reading.Clear();
        _exporter.Reading = _reading;
        _reader.Collect();
        return _reading.Durations.Values.Length;
    }

    [Benchmark(Baseline = true)]
    public bool Collect()
    {
        _exporter.Reading = null;
        return _reader.Collect();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
        _meter.Dispose();
    }
}
