using FastScaling.Benchmarks.Gate;

namespace FastScaling.Benchmarks.Tests.Gate;

public class PairedStatisticsTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1.0, 5.0 }, 5.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 100.0 }, 3.0)]
    public void The_median_is_the_middle_of_the_sorted_values(double[] values, double median)
        => Assert.Equal(median, PairedStatistics.Median(values));

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => PairedStatistics.Median([]));

    [Fact]
    public void Rounds_that_agree_have_an_interval_without_width()
    {
        var (median, interval) = PairedStatistics.Ratio([1, 2, 3], [2, 4, 6]);

        Assert.Equal(0.5, median);
        Assert.Equal(new Interval(0.5, 0.5), interval);
    }

    [Fact]
    public void A_disturbance_that_lasts_for_a_round_does_not_move_the_ratio()
    {
        var (median, interval) = PairedStatistics.Ratio([1, 1, 50, 1, 1, 1, 1], [2, 2, 100, 2, 2, 2, 2]);

        Assert.Equal(0.5, median);
        Assert.Equal(new Interval(0.5, 0.5), interval);
    }

    [Fact]
    public void The_interval_holds_the_true_median_in_about_95_of_100_samples()
    {
        var random = new Random(7);
        var held = 0;
        for (var sample = 0; sample < 200; sample++)
        {
            // The median of an exponential distribution with mean 1 is ln 2.
            var values = Enumerable.Range(0, 60).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
            var (_, interval) = PairedStatistics.OfMedian(values, sample);
            held += interval.Low <= Math.Log(2) && Math.Log(2) <= interval.High ? 1 : 0;
        }

        Assert.InRange(held, 178, 200);
    }

    [Fact]
    public void What_is_added_is_compared_after_the_baseline_is_taken_off()
    {
        var (ratio, interval) = PairedStatistics.RatioOfAdded([12, 22, 32], [14, 24, 34], [10, 20, 30]);

        Assert.Equal(0.5, ratio);
        Assert.Equal(new Interval(0.5, 0.5), interval);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        double[] values = [1, 5, 2, 8, 3, 9, 4];

        Assert.Equal(PairedStatistics.OfMedian(values, 3), PairedStatistics.OfMedian(values, 3));
    }
}
