using System.Diagnostics.Metrics;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>Records through a real OpenTelemetry histogram and compares what comes out with what went in.</summary>
public sealed class ExponentialHistogramMappingTests : IDisposable
{
    private readonly Meter _meter = new(new MeterOptions("mapping"));
    private readonly Histogram<double> _histogram;
    private readonly SignalExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private int _scale;

    public ExponentialHistogramMappingTests()
    {
        _histogram = _meter.CreateHistogram<double>("http.server.request.duration", "s");
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Delta };
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddView(_ => new Base2ExponentialBucketHistogramConfiguration
            {
                MaxSize = ExponentialHistogramMapping.MaxBuckets,
                TagKeys = [],
            })
            .AddReader(_reader)
            .AddReader(new BaseExportingMetricReader(new ScaleReader(this)) { TemporalityPreference = MetricReaderTemporalityPreference.Delta })
            .Build();
    }

    // Powers of two lie on the bounds of buckets.
    private static readonly double[] Exact = [0, 0.001, 0.5, 1, 2, 60];

    private static readonly double[] Percentiles = [0.5, 0.9, 0.99, 0.999];

    private static readonly Gen<double> Durations = Gen.OneOf(
        Gen.Double[0.0001, 0.1],
        Gen.Double[-9, 2].Select(exponent => Math.Pow(10, exponent)),
        Gen.Int[0, 5].Select(i => Exact[i]),
        Gen.Double[-300, 100].Select(exponent => Math.Pow(10, exponent)));

    [Fact]
    public void Count_sum_minimum_and_maximum_are_those_of_what_was_recorded() =>
        Durations.Array[1, 500].Sample(
            durations =>
            {
                var result = Map(durations);

                Assert.Equal(durations.Length, Count(result));
                Assert.Equal(durations.Min(), result.Values[0]);
                Assert.Equal(durations.Max(), result.Values[^1]);
                AssertSum(durations.Sum(), result);
            },
            threads: 1);

    [Fact]
    public void There_are_never_more_values_than_a_datum_may_have_and_they_ascend() =>
        Durations.Array[1, 2000].Sample(
            durations =>
            {
                var result = Map(durations);

                Assert.InRange(result.Values.Length, 1, ValueDistribution.MaxValues);
                Assert.Equal(result.Values.Length, result.Counts.Length);
                for (var i = 1; i < result.Values.Length; i++)
                {
                    Assert.True(result.Values[i] > result.Values[i - 1]);
                }

                foreach (var count in result.Counts)
                {
                    Assert.True(count > 0);
                }
            },
            iter: Depth.Of(30),
            threads: 1);

    [Fact]
    public void A_percentile_is_off_by_less_than_the_width_of_a_bucket() =>
        Gen.Select(Durations.Array[1, 1000], Gen.Int[0, 3].Select(i => Percentiles[i])).Sample(
            (durations, p) =>
            {
                var result = Map(durations);
                var width = Math.Pow(2, Math.Pow(2, -_scale)) - 1;

                Array.Sort(durations);
                var rank = Math.Max(1, (int)Math.Ceiling(p * durations.Length));
                var exact = durations[rank - 1];
                var mapped = ValueAtRank(result, rank);

                // The mapping onto buckets is itself exact only to rounding (MapToIndex of the SDK).
                Assert.InRange(mapped, exact / (1 + width) * (1 - 1e-9), exact * (1 + width) * (1 + 1e-9));
            },
            threads: 1);

    [Fact]
    public void A_hundred_thousand_requests_of_a_service_keep_their_p99_within_five_percent()
    {
        var random = new Random(20261123);
        var durations = new double[100_000];
        for (var i = 0; i < durations.Length; i++)
        {
            // Log-normal around 20 ms with a tail of seconds.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            durations[i] = 0.020 * Math.Exp(0.8 * normal);
        }

        var result = Map(durations);

        Array.Sort(durations);
        Assert.Equal(durations.Length, Count(result));
        AssertSum(durations.Sum(), result);
        Assert.InRange(ValueAtRank(result, 99_000) / durations[98_999], 0.95, 1.05);
    }

    [Fact]
    public void Durations_of_a_service_become_whole_nanoseconds_but_for_one_value() =>
        Gen.Long[1_000, 50_000_000].Array[3, 500].Sample(
            ticks =>
            {
                var result = Map([.. ticks.Select(tick => TimeSpan.FromTicks(tick).TotalSeconds)]);

                var others = 0;
                foreach (var value in result.Values)
                {
                    var nanoseconds = value * 1e9;
                    others += Math.Abs(nanoseconds - Math.Round(nanoseconds)) > nanoseconds * 1e-12 ? 1 : 0;
                }

                Assert.InRange(others, 0, 1);
            },
            threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100_000)]
    public void Equal_durations_are_one_value(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _histogram.Record(0.25);
        }

        var result = Collect();

        Assert.Equal([0.25], result.Values.ToArray());
        Assert.Equal([count], result.Counts.ToArray());
    }

    [Fact]
    public void Bounds_that_are_powers_of_two_are_exact()
    {
        for (var exponent = -1074; exponent <= 1023; exponent++)
        {
            for (var scale = 0; scale <= 20; scale++)
            {
                Assert.Equal(Math.ScaleB(1, exponent), ExponentialHistogramMapping.Bound(scale, exponent << scale));
            }

            Assert.Equal(Math.ScaleB(1, exponent), ExponentialHistogramMapping.Bound(-1, exponent >> 1) * ((exponent & 1) + 1));
        }
    }

    [Fact]
    public void Nothing_recorded_is_nothing() => Assert.True(Collect().IsEmpty);

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
        _meter.Dispose();
    }

    private ValueDistribution Map(double[] durations)
    {
        foreach (var duration in durations)
        {
            _histogram.Record(duration);
        }

        return Collect();
    }

    private ValueDistribution Collect()
    {
        var reading = new SignalReading();
        _exporter.Reading = reading;
        _provider.ForceFlush();
        return reading.Durations;
    }

    private static long Count(ValueDistribution distribution)
    {
        long count = 0;
        foreach (var each in distribution.Counts)
        {
            count += each;
        }

        return count;
    }

    private static void AssertSum(double expected, ValueDistribution distribution)
    {
        double sum = 0;
        for (var i = 0; i < distribution.Values.Length; i++)
        {
            sum += distribution.Values[i] * distribution.Counts[i];
        }

        Assert.InRange(sum, expected * (1 - 1e-9), expected * (1 + 1e-9));
    }

    private static double ValueAtRank(ValueDistribution distribution, long rank)
    {
        for (var i = 0; i < distribution.Values.Length; i++)
        {
            rank -= distribution.Counts[i];
            if (rank <= 0)
            {
                return distribution.Values[i];
            }
        }

        throw new InvalidOperationException("The rank is beyond the count.");
    }

    /// <summary>Notes the scale that the SDK ended with, from a second reader of the same instrument.</summary>
    private sealed class ScaleReader(ExponentialHistogramMappingTests test) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    test._scale = point.GetExponentialHistogramData().Scale;
                }
            }

            return ExportResult.Success;
        }
    }
}
