using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;

public class CumulativeTests
{
    private static readonly DateTimeOffset Watched = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly double[] Bounds = [1, 2, 5];

    /// <summary>Steps of what is counted, and whether counting begins anew before it, with or without saying so.</summary>
    private static readonly Gen<(int Added, int Reset)[]> Histories = Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 9]).Array[1, 40];

    [Fact]
    public void Increases_add_up_to_what_was_counted_across_resets() =>
        Histories.Sample(history =>
        {
            var sum = default(CumulativeSum);
            var (start, value, counted, given) = (Watched, 0L, 0L, 0L);
            foreach (var (added, reset) in history)
            {
                if (reset == 0)
                {
                    (start, value) = (start.AddSeconds(1), 0);
                }

                value += added;
                counted += added;
                given += sum.Next(start, value, Watched);
            }

            Assert.Equal(counted, given);
        });

    [Fact]
    public void A_reset_that_is_not_announced_shows_as_a_fall()
    {
        var sum = default(CumulativeSum);

        Assert.Equal(10, sum.Next(Watched, 10.0, Watched));
        Assert.Equal(3, sum.Next(Watched, 3.0, Watched));
        Assert.Equal(4, sum.Next(Watched, 7.0, Watched));
    }

    [Fact]
    public void A_sum_that_is_older_than_the_exporter_is_only_compared_with_at_first()
    {
        var sum = default(CumulativeSum);

        Assert.Equal(0, sum.Next(Watched.AddHours(-1), 1_000_000L, Watched));
        Assert.Equal(5, sum.Next(Watched.AddHours(-1), 1_000_005L, Watched));
    }

    [Fact]
    public void A_sum_with_fractions_that_is_older_than_the_exporter_is_only_compared_with_at_first()
    {
        var sum = default(CumulativeSum);

        Assert.Equal(0, sum.Next(Watched.AddHours(-1), 1_000_000.5, Watched));
        Assert.Equal(0.25, sum.Next(Watched.AddHours(-1), 1_000_000.75, Watched));
    }

    [Fact]
    public void Whole_numbers_above_what_a_double_holds_are_exact()
    {
        var sum = default(CumulativeSum);

        _ = sum.Next(Watched, (1L << 60) + 1, Watched);

        Assert.Equal(2, sum.Next(Watched, (1L << 60) + 3, Watched));
    }

    [Fact]
    public void Recordings_of_a_histogram_add_up_bucket_by_bucket_across_resets() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 50], Gen.Int[0, 9]).Array[1, 40].Sample(history =>
        {
            var cumulative = new CumulativeHistogram();
            var data = new HistogramData();
            var start = Watched;
            long[] present = [0, 0, 0, 0];
            double[] values = [0.5, 1.5, 3, 10];
            long counted = 0;
            var (sum, countedSum, given, givenSum) = (0.0, 0.0, 0L, 0.0);
            foreach (var (bucket, times, reset) in history)
            {
                if (reset == 0)
                {
                    (start, sum) = (start.AddSeconds(1), 0);
                    Array.Clear(present);
                }

                present[bucket] += times;
                sum += values[bucket] * times;
                counted += times;
                countedSum += values[bucket] * times;
                data.Load(Bounds, present, sum, 0.5, 10);
                cumulative.Next(start, data, Watched);
                given += data.Count;
                givenSum += data.Sum;
            }

            Assert.Equal(counted, given);
            Assert.Equal(countedSum, givenSum, tolerance: 1e-6);
        });

    [Fact]
    public void A_histogram_that_is_older_than_the_exporter_is_only_compared_with_at_first()
    {
        var cumulative = new CumulativeHistogram();

        Assert.Equal(0, Next(cumulative, Watched.AddHours(-1), 100, 200, 300, 400));
        Assert.Equal(5, Next(cumulative, Watched.AddHours(-1), 100, 205, 300, 400));
    }

    [Fact]
    public void A_histogram_can_have_many_buckets()
    {
        var cumulative = new CumulativeHistogram();
        var bounds = Enumerable.Range(1, 100).Select(bound => (double)bound).ToArray();
        var counts = Enumerable.Range(1, 101).Select(count => (long)count).ToArray();
        var data = new HistogramData();
        data.Load(bounds, counts, 10_000, 0.5, 200);
        cumulative.Next(Watched, data, Watched);
        counts[99] += 7;
        data.Load(bounds, counts, 10_700, 0.5, 200);

        cumulative.Next(Watched, data, Watched);

        Assert.Equal((7, 700.0), (data.Count, data.Sum));
        var result = new ValueDistribution();
        data.Map(new HistogramMapping(), 0, result);
        Assert.Equal([100.0], result.Values.ToArray());
        Assert.Equal([7L], result.Counts.ToArray());
    }

    [Theory]
    [InlineData(3, 0, 0, 0)]
    [InlineData(0, 9, 0, 0)]
    [InlineData(4, 9, 9, 9)]
    public void A_histogram_of_which_a_bucket_has_fallen_began_anew(long first, long second, long third, long fourth)
    {
        var cumulative = new CumulativeHistogram();
        Assert.Equal(5, Next(cumulative, Watched, 5, 0, 0, 0));

        Assert.Equal(first + second + third + fourth, Next(cumulative, Watched, first, second, third, fourth));
    }

    [Fact]
    public void A_histogram_with_other_bounds_began_anew()
    {
        var cumulative = new CumulativeHistogram();
        Assert.Equal(5, Next(cumulative, Watched, 5, 0, 0, 0));
        var data = new HistogramData();
        data.Load([1, 2, 7], [5, 1, 0, 0], 10, 0.5, 10);

        cumulative.Next(Watched, data, Watched);

        Assert.Equal(6, data.Count);
    }

    private static long Next(CumulativeHistogram cumulative, DateTimeOffset start, params long[] counts)
    {
        var data = new HistogramData();
        data.Load(Bounds, counts, 10, 0.5, 10);
        cumulative.Next(start, data, Watched);
        return data.Count;
    }
}
