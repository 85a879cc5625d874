using System.Diagnostics.Metrics;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>What the SDK has recorded into exponential buckets, added and subtracted.</summary>
public sealed class ExponentialBucketsTests : IDisposable
{
    private readonly Meter _meter = new(new MeterOptions($"exponential.{Guid.NewGuid():N}"));
    private readonly DataReader _data = new();
    private readonly Histogram<double> _histogram;
    private readonly MeterProvider _provider;

    public ExponentialBucketsTests()
    {
        _histogram = _meter.CreateHistogram<double>("histogram");
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddView("*", new Base2ExponentialBucketHistogramConfiguration { MaxSize = 40 })
            .AddReader(new BaseExportingMetricReader(_data) { TemporalityPreference = MetricReaderTemporalityPreference.Delta })
            .Build();
    }

    // Near each other, so that buckets are shared, and so far apart that scales differ; no further than what 40 buckets
    // hold that are each twice as high as the last, so that decades stay apart.
    private static readonly Gen<double> Values = Gen.OneOf(
        Gen.Const(0.0),
        Gen.Double[1, 1.2],
        Gen.Int[-4, 4].Select(exponent => Math.Pow(10, exponent)));

    private static readonly Gen<double[]> Sets = Gen.OneOf(Values.Array[1, 40], Gen.Const(0.0).Array[1, 5]);

    [Fact]
    public void Recordings_of_two_histograms_are_those_of_one() =>
        Gen.Select(Sets, Sets).Sample(
            (first, second) =>
            {
                var both = Record([.. first, .. second]);
                var data = Record(first);

                Assert.True(data.TryAdd(Record(second)));

                AssertSame(both, data);
            },
            threads: 1);

    [Fact]
    public void What_came_after_an_earlier_reading_is_left() =>
        Gen.Select(Sets, Sets).Sample(
            (first, second) =>
            {
                var data = Record([.. first, .. second]);
                var earlier = Record(first);

                Assert.True(data.TrySubtract(earlier));

                Assert.True(data.TryAdd(earlier));
                AssertSame(Record([.. first, .. second]), data);
            },
            threads: 1);

    [Fact]
    public void What_is_no_continuation_of_an_earlier_reading_is_not_changed() =>
        Gen.Select(Sets, Sets).Sample(
            (first, second) =>
            {
                var data = Record(first);
                var earlier = Record(second);
                var isContinuation = data.TrySubtract(earlier);

                // Subtracted or not, nothing is negative and nothing is gone.
                Assert.Equal(first.Length - (isContinuation ? second.Length : 0), data.Count);
                var result = Map(data);
                Assert.Equal(data.Count, result.Counts.ToArray().Sum());
                if (!isContinuation)
                {
                    AssertSame(Record(first), data);
                }
            },
            threads: 1);

    [Theory]
    [InlineData(new[] { 1.0, 1, 1 }, new[] { 1.0, 8 })]
    [InlineData(new[] { 8.0, 8, 8 }, new[] { 1.0, 8 })]
    [InlineData(new[] { 1.0, 2, 2, 8, 8 }, new[] { 1.0, 1, 8 })]
    [InlineData(new[] { 1.0, 1, 1 }, new[] { 0.0 })]
    [InlineData(new[] { 1.0, 1000, 1e6 }, new[] { 1.0, 1, 1 })]
    [InlineData(new[] { 1.0, 1.01, 1.02 }, new[] { 1.01, 1e9 })]
    public void Buckets_that_have_fallen_are_of_a_histogram_that_began_anew(double[] recorded, double[] earlier) =>
        Assert.False(Record(recorded).TrySubtract(Record(earlier)));

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    private HistogramData Record(double[] values)
    {
        foreach (var value in values)
        {
            _histogram.Record(value);
        }

        _data.Next = new HistogramData();
        _provider.ForceFlush();
        return _data.Next;
    }

    private static ValueDistribution Map(HistogramData data)
    {
        var result = new ValueDistribution();
        data.Map(new HistogramMapping(), 0, result);
        return result;
    }

    private static void AssertSame(HistogramData expected, HistogramData actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Sum, actual.Sum, tolerance: 1e-9 * (1 + expected.Sum));
        var (one, other) = (Map(expected), Map(actual));
        Assert.Equal(one.Counts.ToArray().Sum(), other.Counts.ToArray().Sum());

        // One may have a lower scale than the other, but no bucket reaches from one decade into the next.
        Assert.All(
            Enumerable.Range(-5, 10).Select(exponent => 3 * Math.Pow(10, exponent)),
            value => Assert.Equal(CountBelow(one, value), CountBelow(other, value)));
    }

    private static long CountBelow(ValueDistribution distribution, double value)
    {
        long count = 0;
        for (var i = 0; i < distribution.Values.Length && distribution.Values[i] < value; i++)
        {
            count += distribution.Counts[i];
        }

        return count;
    }

    private sealed class DataReader : BaseExporter<Metric>
    {
        public HistogramData Next { get; set; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    Next.Load(in point, MetricKind.ExponentialHistogram);
                }
            }

            return ExportResult.Success;
        }
    }
}
