using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class HistogramMappingTests
{
    private static readonly double[] Percentiles = [0.5, 0.9, 0.99, 0.999];

    private static readonly Gen<double[]> Bounds = Gen.OneOf(
        Gen.Const<double[]>([0, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]),
        Gen.Const<double[]>([10]),
        Gen.Const<double[]>([]),
        Gen.Double[0, 100].Array[1, 140].Select(bounds => bounds.Distinct().Order().ToArray()),
        Gen.Const<double[]>([.. Enumerable.Range(1, 700).Select(i => i / 7.0)]));

    // On bounds, between them, far above them, tiny; heavy tails.
    private static readonly Gen<double> Values = Gen.OneOf(
        Gen.Double[0, 12],
        Gen.Const(0.0),
        Gen.Const(0.25),
        Gen.Const(10.0),
        Gen.Double[-9, 12].Select(exponent => Math.Pow(10, exponent)));

    private static readonly Gen<(double Value, int Times)[]> Recordings = Gen.OneOf(
        Gen.Select(Values, Gen.Const(1)).Array[1, 300],
        Gen.Select(Values, Gen.Int[1, 10_000_000]).Array[1, 12],
        Gen.Select(Values, Gen.OneOf(Gen.Const(1), Gen.Const(10_000_000))).Array[1, 3]);

    private static readonly Gen<double[]> NegativeBounds = Gen.OneOf<double[]>(
        Gen.Const<double[]>([-50, -1, 0, 1, 50]),
        Gen.Const<double[]>([0, 10, 50]),
        Gen.Const<double[]>([-20]),
        Gen.Const<double[]>([1, 50]),
        Gen.Const<double[]>([-30, 30]));

    private static readonly Gen<(double Value, int Times)[]> Negative = Gen.Select(Gen.Double[-100, 100], Gen.Int[1, 1000]).Array[1, 50];

    [Fact]
    public void Count_minimum_maximum_and_sum_are_those_of_what_was_recorded() =>
        Gen.Select(Bounds, Recordings).Sample(
            (bounds, recordings) =>
            {
                var (result, sum, _) = Map(bounds, recordings, hasExtremes: true);

                Assert.InRange(result.Values.Length, 1, ValueDistribution.MaxValues);
                Assert.Equal(recordings.Sum(recording => (long)recording.Times), CountOf(result));
                Assert.Equal(recordings.Min(recording => recording.Value), result.Values[0]);
                Assert.Equal(recordings.Max(recording => recording.Value), result.Values[^1]);
                AssertSum(sum, result);
                AssertAscending(result);
            });

    [Fact]
    public void A_percentile_lies_in_the_same_bucket_as_the_true_one() =>
        Gen.Select(Bounds.Where(bounds => bounds.Length < HistogramMapping.MaxBuckets), Recordings).Sample(
            (bounds, recordings) =>
            {
                var (result, _, sorted) = Map(bounds, recordings, hasExtremes: true);

                foreach (var percentile in Percentiles)
                {
                    var rank = Math.Max(1, (long)Math.Ceiling(percentile * CountOf(result)));
                    var exact = AtRank(sorted, rank);
                    var mapped = AtRank(Pairs(result), rank);

                    Assert.Equal(BucketOf(bounds, exact), BucketOf(bounds, mapped));
                }
            });

    [Fact]
    public void With_too_many_buckets_a_percentile_is_off_by_no_more_than_the_buckets_made_one() =>
        Gen.OneOf(Recordings, Gen.Select(Gen.Double[0, 14], Gen.Int[1, 3]).Array[300, 900]).Sample(recordings =>
        {
            double[] bounds = [.. Enumerable.Range(0, 700).Select(i => i / 50.0)];
            var (result, _, sorted) = Map(bounds, recordings, hasExtremes: true);
            var used = sorted.Select(pair => BucketOf(bounds, pair.Value)).Distinct().Order().ToList();
            var together = (used.Count + HistogramMapping.MaxBuckets - 1) / HistogramMapping.MaxBuckets;

            foreach (var percentile in Percentiles)
            {
                var rank = Math.Max(1, (long)Math.Ceiling(percentile * CountOf(result)));
                var exact = used.IndexOf(BucketOf(bounds, AtRank(sorted, rank)));

                // Between the buckets in use around it: those that can be one with it.
                var mapped = BucketOf(bounds, AtRank(Pairs(result), rank));
                Assert.InRange(mapped, used[Math.Max(0, exact - together + 1)], used[Math.Min(used.Count - 1, exact + together - 1)]);
            }
        });

    [Fact]
    public void Without_minimum_and_maximum_the_count_is_exact_the_sum_is_met_and_every_value_is_inside_its_bucket() =>
        Gen.Select(Bounds, Recordings).Sample(
            (bounds, recordings) =>
            {
                var (result, sum, sorted) = Map(bounds, recordings, hasExtremes: false);

                Assert.Equal(recordings.Sum(recording => (long)recording.Times), CountOf(result));
                AssertSum(sum, result);
                AssertAscending(result);
                if (bounds.Length < HistogramMapping.MaxBuckets)
                {
                    Assert.Equal(
                        sorted.Select(pair => BucketOf(bounds, pair.Value)).Distinct().Order(),
                        Pairs(result).Select(pair => BucketOf(bounds, pair.Value)).Distinct().Order());
                }
            });

    [Fact]
    public void Without_a_minimum_nothing_becomes_negative_unless_the_sum_says_so()
    {
        double[] bounds = [0, 0.005, 10];

        var (tiny, sum, _) = Map(bounds, [(0, 5_417_989), (1.494e-34, 8_625_584)], hasExtremes: false);
        AssertSum(sum, tiny);
        Assert.Equal(0, tiny.Values[0]);

        // What rounding takes from a sum says nothing.
        var (rounded, _, _) = Map([10], [(0, 3), (Math.BitIncrement(10.0), 1_000_000)], hasExtremes: false);
        Assert.Equal(0, rounded.Values[0]);
        var data = new HistogramData();
        data.Load([10], [3, 1_000_000], 1e7 * (1 - 1e-12), double.NaN, double.NaN);
        var result = new ValueDistribution();
        data.Map(new HistogramMapping(), 0, result);
        Assert.Equal(0, result.Values[0]);

        var (negative, _, _) = Map(bounds, [(-3, 4), (1, 2)], hasExtremes: false);
        Assert.True(negative.Values[0] < 0);
        Assert.Equal(-10, SumOf(negative), 1e-8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Neighbours_become_one_as_many_as_it_takes_and_no_more(int together)
    {
        var mapping = new HistogramMapping();
        var result = new ValueDistribution();
        mapping.Begin();
        var buckets = HistogramMapping.MaxBuckets * together;
        for (var i = 0; i < buckets; i++)
        {
            mapping.AddBucket(i, i + 1, 2);
        }

        mapping.End(buckets * (double)buckets, 0, buckets, areExact: true, step: 0, result);

        Assert.Equal(ValueDistribution.MaxValues, result.Values.Length);
        Assert.Equal(2 * buckets, CountOf(result));
        Assert.Equal((1, 1), (result.Counts[0], result.Counts[^1]));
        Assert.Equal((2 * together) - 1, result.Counts[1]);
    }

    [Fact]
    public void Every_value_moves_by_the_same_fraction_of_the_way_and_without_a_sum_stays_in_the_middle()
    {
        Assert.Equal([1.5, 11.5], EndOf(13, (0, 10), (10, 20)));
        Assert.Equal([8.5, 18.5], EndOf(27, (0, 10), (10, 20)));
        Assert.Equal([5.0, 15.0], EndOf(double.NaN, (0, 10), (10, 20)));
    }

    [Fact]
    public void A_bucket_without_a_bound_reaches_as_far_as_the_sum_allows_and_no_further_without_one()
    {
        // With the other at its end: -61 and 61.
        Assert.InRange(EndOf(-11, (double.NegativeInfinity, -50), (-50, 50))[0], -61, -50.1);
        Assert.InRange(EndOf(11, (-50, 50), (50, double.PositiveInfinity))[1], 50.1, 61);

        Assert.Equal([-5, -2], EndOf(double.NegativeInfinity, (double.NegativeInfinity, -5), (-5, 1)));
        Assert.Equal([0.5, 1], EndOf(double.PositiveInfinity, (0, 1), (1, double.PositiveInfinity)));
    }

    [Theory]
    [InlineData(22, 22)]
    [InlineData(-22, -22)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NaN, 0)]
    public void A_lone_bucket_without_bounds_has_the_mean_or_0(double sum, double value) =>
        Assert.Equal([value], EndOf(sum, (double.NegativeInfinity, double.PositiveInfinity)));

    [Fact]
    public void A_lowest_bucket_whose_bounds_are_below_0_has_its_value_there()
    {
        // Of what (-50, 1] holds nothing is known, so not that it is positive either.
        var mapping = Used();
        var result = new ValueDistribution();
        mapping.Begin();
        mapping.AddBucket(-50, 1, 1);
        mapping.AddBucket(1, double.PositiveInfinity, 1);

        mapping.End(10, double.NaN, double.NaN, areExact: false, step: 0, result);

        Assert.True(result.Values[0] < 0);
        Assert.Equal(10, SumOf(result), 1e-9);
    }

    [Fact]
    public void No_buckets_are_no_values()
    {
        var mapping = Used();
        var result = new ValueDistribution();
        mapping.Begin();

        mapping.End(0, 0, 0, areExact: true, step: 0, result);

        Assert.True(result.IsEmpty);
    }

    [Fact]
    public void Negative_recordings_keep_count_minimum_maximum_and_sum() =>
        Gen.Select(NegativeBounds, Negative).Sample((bounds, recordings) =>
        {
            var (result, sum, _) = Map(bounds, recordings, hasExtremes: true);

            Assert.Equal(recordings.Sum(recording => (long)recording.Times), CountOf(result));
            Assert.Equal(recordings.Min(recording => recording.Value), result.Values[0]);
            Assert.Equal(recordings.Max(recording => recording.Value), result.Values[^1]);
            AssertSumOfAnySign(sum, recordings, result);
        });

    [Fact]
    public void Without_minimum_and_maximum_negative_recordings_meet_the_sum_and_the_outermost_values_are_where_it_allows_them() =>
        Gen.Select(NegativeBounds, Negative).Sample((bounds, recordings) =>
        {
            var (result, sum, sorted) = Map(bounds, recordings, hasExtremes: false);

            Assert.Equal(recordings.Sum(recording => (long)recording.Times), CountOf(result));
            AssertSumOfAnySign(sum, recordings, result);
            var buckets = sorted.GroupBy(pair => BucketOf(bounds, pair.Value)).Select(group => (Bucket: group.Key, Count: group.Sum(pair => pair.Count))).ToList();
            if (buckets.Count == 1)
            {
                return;
            }

            // The first and the last value, when the other buckets are as high or as low as they can be.
            var tolerance = 1e-9 * recordings.Sum(recording => (1 + Math.Abs(recording.Value)) * recording.Times);
            var most = buckets.Skip(1).Sum(bucket => bucket.Count * (bucket.Bucket < bounds.Length ? bounds[bucket.Bucket] : bounds[^1]));
            var least = buckets.SkipLast(1).Sum(bucket => bucket.Count * (bucket.Bucket > 0 ? bounds[bucket.Bucket - 1] : bounds[0]));
            if (buckets[0].Bucket == 0)
            {
                Assert.True(result.Values[0] >= Math.Min(Math.Min(0, bounds[0]), (sum - most) / buckets[0].Count) - tolerance);
            }

            if (buckets[^1].Bucket == bounds.Length)
            {
                Assert.True(result.Values[^1] <= Math.Max(bounds[^1], (sum - least) / buckets[^1].Count) + tolerance);
            }
        });

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void What_CloudWatch_does_not_take_costs_no_other_recording(double value)
    {
        // As the SDK has it after 0.3 and 0.7 and this one: which bucket it is in does not matter.
        var data = new HistogramData();
        data.Load([0.5, 1], [1, 1, 1], value + 1, double.IsNaN(value) ? 0.3 : Math.Min(0.3, value), double.IsNaN(value) ? 0.7 : Math.Max(0.7, value));
        var result = new ValueDistribution();

        data.Map(new HistogramMapping(), 0, result);
        Assert.All(result.Values.ToArray(), each => Assert.True(CloudWatchValue.IsAcceptable(each), $"{each}"));
        result.Scale(1000);

        Assert.Equal(3, CountOf(result));
        Assert.All(result.Values.ToArray(), each => Assert.True(CloudWatchValue.IsAcceptable(each), $"{each}"));
        Assert.True(result.Values.Length >= 2);
        if (!double.IsFinite(value))
        {
            // What is no number has the bound of its bucket, not the largest number that there is.
            Assert.All(result.Values.ToArray(), each => Assert.InRange(each, 0, 1001));
        }
    }

    internal static (ValueDistribution Result, double Sum, (double Value, long Count)[] Sorted) Map(
        double[] bounds, (double Value, int Times)[] recordings, bool hasExtremes)
    {
        var counts = new long[bounds.Length + 1];
        var sum = 0.0;
        foreach (var (value, times) in recordings)
        {
            counts[BucketOf(bounds, value)] += times;
            sum += value * times;
        }

        var data = new HistogramData();
        data.Load(
            bounds,
            counts,
            sum,
            hasExtremes ? recordings.Min(recording => recording.Value) : double.NaN,
            hasExtremes ? recordings.Max(recording => recording.Value) : double.NaN);
        var result = new ValueDistribution();
        data.Map(Used(), 0, result);
        return (result, sum, [.. recordings.OrderBy(recording => recording.Value).Select(recording => (recording.Value, (long)recording.Times))]);
    }

    /// <summary>The values for buckets of one recording each, of which minimum and maximum are not known.</summary>
    private static double[] EndOf(double sum, params (double Lower, double Upper)[] buckets)
    {
        var mapping = Used();
        var result = new ValueDistribution();
        result.Add(-1, 1); // What it held before is gone.
        mapping.Begin();
        foreach (var (lower, upper) in buckets)
        {
            mapping.AddBucket(lower, upper, 1);
        }

        mapping.End(sum, double.NaN, double.NaN, areExact: false, step: 0, result);
        return result.Values.ToArray();
    }

    /// <summary>A mapping that has had another, larger histogram before, of which nothing may be left.</summary>
    private static HistogramMapping Used()
    {
        var mapping = new HistogramMapping();
        mapping.Begin();
        for (var i = 0; i < 1000; i++)
        {
            mapping.AddBucket(i, i + 1, 1_000_000);
        }

        mapping.End(5e11, 0, 1000, areExact: true, step: 0, new ValueDistribution());
        return mapping;
    }

    /// <summary>A bound belongs to the bucket below it.</summary>
    private static int BucketOf(double[] bounds, double value) => bounds.Count(bound => value > bound);

    private static (double Value, long Count)[] Pairs(ValueDistribution distribution) =>
        [.. distribution.Values.ToArray().Zip(distribution.Counts.ToArray())];

    private static double AtRank((double Value, long Count)[] sorted, long rank)
    {
        foreach (var (value, count) in sorted)
        {
            rank -= count;
            if (rank <= 0)
            {
                return value;
            }
        }

        return sorted[^1].Value;
    }

    private static long CountOf(ValueDistribution distribution) => Pairs(distribution).Sum(pair => pair.Count);

    private static double SumOf(ValueDistribution distribution) => Pairs(distribution).Sum(pair => pair.Value * pair.Count);

    private static void AssertSum(double expected, ValueDistribution distribution) =>
        Assert.InRange(SumOf(distribution), expected * (1 - 1e-9), expected * (1 + 1e-9));

    private static void AssertSumOfAnySign(double expected, (double Value, int Times)[] recordings, ValueDistribution distribution) =>
        Assert.Equal(expected, SumOf(distribution), tolerance: 1e-9 * recordings.Sum(recording => (1 + Math.Abs(recording.Value)) * recording.Times));

    private static void AssertAscending(ValueDistribution distribution)
    {
        for (var i = 1; i < distribution.Values.Length; i++)
        {
            Assert.True(distribution.Values[i] > distribution.Values[i - 1]);
        }
    }
}
