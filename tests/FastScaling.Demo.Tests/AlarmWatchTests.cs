using FastScaling.Demo.Alarm;
using FastScaling.Demo.Reading;

namespace FastScaling.Demo.Tests;

public sealed class AlarmWatchTests
{
    private const long Start = 1_800_000_000;

    [Fact]
    public void A_surge_from_20_to_150_crosses_with_its_seventh_second()
    {
        var watch = new AlarmWatch();

        Assert.Empty(watch.Look(Series(Rates(20, 10), Rates(150, 6))));
        var crossing = Assert.Single(watch.Look(Series(Rates(20, 10), Rates(150, 7))));

        Assert.Equal(new ThresholdCrossing(true, Start + 16, 111), crossing);
        Assert.True(watch.IsOver);
        Assert.Equal(6.15, AlarmWatch.RiseTime(20, 150)!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void Data_that_become_visible_together_are_looked_at_second_by_second_and_once()
    {
        var watch = new AlarmWatch();
        var series = Series(Rates(20, 10), Rates(150, 10), Rates(20, 10));

        var crossings = watch.Look(series);

        Assert.Equal([true, false], crossings.Select(crossing => crossing.IsOver));
        Assert.Equal([Start + 16, Start + 23], crossings.Select(crossing => crossing.LastSecond));
        Assert.Equal(98, crossings[1].Average);
        Assert.Empty(watch.Look(series));
        Assert.False(watch.IsOver);
    }

    [Fact]
    public void Exactly_the_threshold_is_not_over_it()
    {
        var watch = new AlarmWatch();

        Assert.Empty(watch.Look(Series(Rates(100, 12))));
        Assert.Equal(100, watch.Average);
    }

    [Fact]
    public void A_window_that_is_not_whole_is_not_judged()
    {
        var watch = new AlarmWatch();

        Assert.Empty(watch.Look(Series(Rates(150, 9))));
        Assert.Null(watch.Average);
        Assert.Empty(watch.Look(Series([])));
    }

    [Fact]
    public void The_average_weighs_by_samples()
    {
        var series = new MetricSeries(
            [new MetricPoint(Start, 100), new MetricPoint(Start + 1, 900)],
            [new MetricPoint(Start, 1), new MetricPoint(Start + 1, 3)]);

        Assert.Equal(250, series.Average(Start + 1, 10));
        Assert.Equal(300, series.At(Start + 1));
        Assert.Null(series.Average(Start - 1, 10));
    }

    [Theory]
    [InlineData(20, 100)]
    [InlineData(120, 150)]
    public void Some_rates_never_rise_over_the_threshold(double rate, double surgeRate) => Assert.Null(AlarmWatch.RiseTime(rate, surgeRate));

    private static MetricSeries Series(params IEnumerable<double>[] rates)
    {
        var sums = rates.SelectMany(rate => rate).Select((rate, i) => new MetricPoint(Start + i, rate)).ToList();
        return new MetricSeries(sums, [.. sums.Select(point => point with { Value = 1 })]);
    }

    private static IEnumerable<double> Rates(double rate, int seconds) => Enumerable.Repeat(rate, seconds);
}
