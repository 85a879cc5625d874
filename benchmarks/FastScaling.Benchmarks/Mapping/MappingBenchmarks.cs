using BenchmarkDotNet.Attributes;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Benchmarks;

/// <summary>A histogram of this many buckets as values and counts.</summary>
[MemoryDiagnoser]
[WarmupCount(3)]
[IterationCount(7)]
[IterationTime(200)]
public class MappingBenchmarks
{
    private const int Scale = 6;
    private const int RecordingsInBucket = 10;

    private readonly ExponentialHistogramMapping _mapping = new();
    private readonly ValueDistribution _result = new();
    private double _sum;

    [Params(1, 10, 40, 80, ExponentialHistogramMapping.MaxBuckets)]
    public int Buckets { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _sum = 0;
        for (var i = 0; i < Buckets; i++)
        {
            _sum += RecordingsInBucket * MappingContent.ValueIn(i, Scale);
        }
    }

    [Benchmark]
    public int Map()
    {
        _mapping.Begin();
        for (var i = 0; i < Buckets; i++)
        {
            _mapping.AddBucket(Scale, i, RecordingsInBucket);
        }

        _mapping.End(_sum, MappingContent.ValueIn(0, Scale), MappingContent.ValueIn(Buckets - 1, Scale), _result);
        return _result.Values.Length;
    }
}
