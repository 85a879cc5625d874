using System.Diagnostics.Metrics;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

/// <summary>What the SDK has recorded into exponential buckets, added and subtracted.</summary>
public class ExponentialBucketsTests
{
    // Near each other, so that buckets are shared, and so far apart that scales differ; no further than that decades stay apart.
    private static readonly Gen<double> Values = Gen.OneOf(
        Gen.Const(0.0),
        Gen.Double[1, 1.2],
        Gen.Int[-4, 4].Select(exponent => Math.Pow(10, exponent)));

    private static readonly Gen<double[]> Sets = Gen.OneOf(Values.Array[1, 40], Gen.Const(0.0).Array[1, 5]);

    /// <summary>Recordings of <see cref="Recording"/>: near each other, far from each other, or only zeros.</summary>
    private static readonly Gen<double[]> Recordings = Gen.OneOf(
        Gen.Int[0, 20].Select(Recording).Array[1, 10],
        Gen.Int[-300, 300].Select(Recording).Array[1, 10],
        Gen.Int[-6000, 6000].Select(Recording).Array[1, 5],
        Gen.Const(0.0).Array[1, 5]);

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

    [Fact]
    public void Buckets_added_are_those_of_one_histogram() =>
        Gen.Select(Recordings, Recordings, Recordings).Sample(
            (first, second, third) =>
            {
                var buckets = Load(first);

                buckets.Add(Load(second));
                AssertEqual(Load([.. first, .. second]), buckets);

                buckets.Add(Load(third));
                AssertEqual(Load([.. first, .. second, .. third]), buckets);
            },
            threads: 1);

    [Theory]
    [InlineData(0, 146, 0)]
    [InlineData(0, 146, 80)]
    [InlineData(0, 147, 0)]
    [InlineData(0, 147, 80)]
    [InlineData(-6000, 6000, 0)]
    [InlineData(-66_000, 65_500, 0)]
    [InlineData(-66_000, -60, 0)]
    public void Recordings_far_from_each_other_share_as_many_buckets_as_a_datum_can_hold(int lowest, int highest, int width)
    {
        double[] low = [Recording(lowest), Recording(lowest + width)];
        double[] high = [Recording(highest - width), Recording(highest)];
        foreach (var (one, other) in ((double[], double[])[])[(low, high), (high, low)])
        {
            var (buckets, others) = (Load(one), Load(other));
            var before = GC.GetAllocatedBytesForCurrentThread();

            buckets.Add(others);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
            AssertEqual(Load([.. low, .. high]), buckets);
        }
    }

    [Fact]
    public void Zeros_cost_no_memory_and_no_precision()
    {
        var buckets = Load(1e6);
        var zeros = Load(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        buckets.Add(zeros);
        zeros.Add(buckets);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        AssertEqual(Load(0, 1e6), buckets);
        AssertEqual(Load(0, 0, 1e6), zeros);
    }

    [Fact]
    public void Every_recording_is_in_its_bucket()
    {
        var recorded = Enumerable.Range(0, 100).Select(Recording).ToArray();

        var mapped = Of(Load([0, .. recorded]));

        // Buckets of this scale are 1.1 % wide.
        Assert.Equal(101, mapped.Length);
        Assert.Equal((0, 1), mapped[0]);
        Assert.All(mapped[1..].Zip(recorded), pair => Assert.InRange(pair.First.Value / pair.Second, 0.989, 1.011));
    }

    [Fact]
    public void What_is_left_after_an_earlier_reading_and_that_are_the_whole_again() =>
        Gen.Select(Recordings, Recordings).Sample(
            (first, second) =>
            {
                var (whole, earlier) = (Load([.. first, .. second]), Load(first));

                Assert.True(whole.TrySubtract(earlier));
                Assert.Equal(second.Length, Of(whole).Sum(pair => pair.Count));
                whole.Add(earlier);

                AssertEqual(Load([.. first, .. second]), whole);
            },
            threads: 1);

    [Theory]
    [InlineData(new[] { 0, 1, 146 }, new[] { 1, 146 }, true)]
    [InlineData(new[] { 0, 100 }, new[] { 100, 200 }, false)]
    [InlineData(new[] { 100, 200 }, new[] { 0, 100 }, false)]
    [InlineData(new[] { 1, 20, 9000 }, new[] { 1, 20 }, true)]
    [InlineData(new[] { 1, 9000 }, new[] { 1, 20 }, false)]
    [InlineData(new[] { 1, 20 }, new[] { 1, 9000 }, false)]
    public void An_earlier_reading_has_nothing_that_a_later_one_has_not(int[] recorded, int[] earlier, bool isContinuation)
    {
        var buckets = Load([.. recorded.Select(Recording)]);

        Assert.Equal(isContinuation, buckets.TrySubtract(Load([.. earlier.Select(Recording)])));
        Assert.Equal(recorded.Length - (isContinuation ? earlier.Length : 0), Of(buckets).Sum(pair => pair.Count));
    }

    [Fact]
    public void Buckets_that_are_empty_need_not_be_in_a_later_reading()
    {
        var earlier = Load(Recording(0), Recording(100));
        Assert.True(earlier.TrySubtract(Load(Recording(0))));
        var buckets = Load(Recording(100), Recording(200));

        Assert.True(buckets.TrySubtract(earlier));

        Assert.Equal([1L], Of(buckets).Select(pair => pair.Count));
    }

    [Fact]
    public void What_is_neither_positive_nor_0_is_negative()
    {
        var buckets = LoadWith(negatives: 2);
        Assert.Equal([2L, 1], Of(buckets).Select(pair => pair.Count));
        Assert.True(Of(buckets)[0].Value < 0);

        buckets.Add(LoadWith(negatives: 3));
        Assert.Equal([5L, 2], Of(buckets).Select(pair => pair.Count));

        Assert.False(buckets.TrySubtract(LoadWith(negatives: 6)));
        Assert.Equal([5L, 2], Of(buckets).Select(pair => pair.Count));

        Assert.True(buckets.TrySubtract(LoadWith(negatives: 4)));
        Assert.Equal([1L, 1], Of(buckets).Select(pair => pair.Count));
    }

    [Fact]
    public void A_count_that_was_read_before_the_buckets_takes_no_recordings_away()
    {
        var buckets = LoadWith(negatives: -1);

        buckets.Add(LoadWith(negatives: 2));

        Assert.Equal([2L, 2], Of(buckets).Select(pair => pair.Count));
    }

    [Fact]
    public void Nothing_is_left_of_what_buckets_had_before() =>
        Gen.Select(Recordings, Recordings).Sample(
            (first, second) =>
            {
                var (loaded, copied) = (Many(), Many());
                LoadInto(loaded, first);
                Load(first).CopyTo(copied);
                AssertEqual(Load(first), loaded);
                AssertEqual(Load(first), copied);

                loaded.Add(Load(second));
                copied.Add(Load(second));
                AssertEqual(Load([.. first, .. second]), loaded);
                AssertEqual(Load([.. first, .. second]), copied);
            },
            threads: 1);

    [Fact]
    public void What_is_cleared_has_no_buckets()
    {
        var data = Record([0, 1, 8]);

        data.Clear();

        Assert.True(Map(data).IsEmpty);
    }

    [Fact]
    public void Buckets_of_another_kind_are_no_earlier_reading()
    {
        var earlier = new HistogramData();
        earlier.Load([2], [1, 0], 1, 1, 1);

        Assert.False(Record([1e-300, 1, 1e300]).TrySubtract(earlier));
    }

    [Fact]
    public void A_bucket_that_was_there_before_is_not_taken_for_one_of_now()
    {
        // One bucket for each power of two, of which the last is gone.
        var present = Many(step: 64);
        LoadInto(present, [.. Enumerable.Range(0, 146).Select(i => Recording(64 * i))]);

        Assert.False(present.TrySubtract(Load(Recording(64), Recording(64 * 146))));
    }

    /// <summary>64 of them for each power of two, none near the bound of a bucket of any scale.</summary>
    private static double Recording(int index) => Math.Pow(2, (index + (1 / 3.0)) / 64);

    /// <summary>As many buckets in use as there can be.</summary>
    private static ExponentialBuckets Many(int step = 1) =>
        Load([.. Enumerable.Range(0, ExponentialHistogramMapping.MaxBuckets).Select(i => Recording(i * step))]);

    private static ExponentialBuckets Load(params double[] values) => LoadInto(new ExponentialBuckets(), values);

    /// <summary>One positive recording, and so many that have no bucket.</summary>
    private static ExponentialBuckets LoadWith(int negatives) => LoadInto(new ExponentialBuckets(), [Recording(0)], negatives);

    private static ExponentialBuckets LoadInto(ExponentialBuckets buckets, double[] values, int negatives = 0)
    {
        Read(values, (ref readonly point) => buckets.Load(point.GetExponentialHistogramData(), values.Length + negatives));
        return buckets;
    }

    private static HistogramData Record(double[] values)
    {
        var data = new HistogramData();
        Read(values, (ref readonly point) => data.Load(in point, MetricKind.ExponentialHistogram));
        return data;
    }

    /// <summary>Has the SDK record values, into a histogram of their own: one that was used keeps its scale.</summary>
    private static void Read(double[] values, PointReader read)
    {
        using var meter = new Meter(new MeterOptions($"exponential.{Guid.NewGuid():N}"));
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddView("*", new Base2ExponentialBucketHistogramConfiguration { MaxSize = ExponentialHistogramMapping.MaxBuckets, CardinalityLimit = 1 })
            .AddReader(new BaseExportingMetricReader(new PointExporter(read)) { TemporalityPreference = MetricReaderTemporalityPreference.Delta })
            .Build();
        var histogram = meter.CreateHistogram<double>("histogram");
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        provider.ForceFlush();
    }

    /// <summary>The middle of each bucket with what it holds.</summary>
    private static (double Value, long Count)[] Of(ExponentialBuckets buckets)
    {
        var mapping = new HistogramMapping();
        var result = new ValueDistribution();
        mapping.Begin();
        buckets.AddTo(mapping);
        mapping.End(sum: double.NaN, min: double.NaN, max: double.NaN, areExact: false, step: 0, result);
        return [.. result.Values.ToArray().Zip(result.Counts.ToArray())];
    }

    private static void AssertEqual(ExponentialBuckets expected, ExponentialBuckets actual) => Assert.Equal(Of(expected), Of(actual));

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

        // The values are moved so that they meet the sum, but not from one decade into the next.
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

    private delegate void PointReader(ref readonly MetricPoint point);

    private sealed class PointExporter(PointReader read) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    read(in point);
                }
            }

            return ExportResult.Success;
        }
    }
}
