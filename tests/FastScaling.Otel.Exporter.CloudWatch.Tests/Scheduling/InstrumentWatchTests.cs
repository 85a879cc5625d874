using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Scheduling;

public class InstrumentWatchTests
{
    [Fact]
    public void Only_series_with_a_threshold_rise_and_end_quiet_mode() => Gen.Select(Gen.Bool, Gen.Double[60, 1e6]).Sample(
        (hasThreshold, high) =>
        {
            var series = new Series("waiting", "Count", []) { SurgeThreshold = hasThreshold ? 100 : null };
            var watch = new InstrumentWatch(0.5);
            for (var second = 0; second < 20; second++)
            {
                Assert.Equal(new SurgeVerdict(false, true), Observe(watch, data => data.TryAdd(series, 10)));
            }

            Assert.Equal(new SurgeVerdict(hasThreshold, !hasThreshold), Observe(watch, data => data.TryAdd(series, high)));
        },
        iter: Depth.Of(200));

    [Fact]
    public void The_mean_of_several_gauges_counts_and_a_few_durations_say_nothing()
    {
        var gauge = new Series("shards", "Count", []) { SurgeThreshold = 100 };
        var durations = new Series("took", "Milliseconds", []) { SurgeThreshold = 100, IsOfEvents = true };

        Assert.False(Observe(new InstrumentWatch(0.5), data => data.Add(gauge, Of((10, 1), (90, 1)))).IsQuiet);
        Assert.True(Observe(new InstrumentWatch(0.5), data => data.Add(gauge, Of((10, 2), (60, 1)))).IsQuiet);
        Assert.True(Observe(new InstrumentWatch(0.5), data => data.Add(durations, Of((10, 1), (900, 3)))).IsQuiet);
        Assert.True(Observe(new InstrumentWatch(0.5), data => data.TryAdd(durations, 900)).IsQuiet);
        Assert.False(Observe(new InstrumentWatch(0.5), data => data.Add(durations, Of((10, 1), (900, 4)))).IsQuiet);
    }

    [Fact]
    public void Durations_take_two_seconds_in_a_row_to_rise_and_a_gauge_one()
    {
        var gauge = new Series("shards", "Count", []) { SurgeThreshold = 100 };
        var durations = new Series("took", "Milliseconds", []) { SurgeThreshold = 100, IsOfEvents = true };
        var (gauges, events) = (new InstrumentWatch(0.5), new InstrumentWatch(0.5));
        bool IsRising(InstrumentWatch watch, Series series, double value) => Observe(watch, data => data.Add(series, Of((value, 10)))).IsRising;
        for (var second = 0; second < 20; second++)
        {
            Assert.False(IsRising(gauges, gauge, 10) || IsRising(events, durations, 10));
        }

        Assert.True(IsRising(gauges, gauge, 300));
        Assert.Equal([false, true], [IsRising(events, durations, 300), IsRising(events, durations, 300)]);
    }

    [Fact]
    public void A_gauge_without_values_is_quiet() =>
        Assert.True(Observe(new InstrumentWatch(0.5), data => data.Add(new Series("shards", "Count", []) { SurgeThreshold = 100 }, Of())).IsQuiet);

    [Fact]
    public void No_more_than_a_hundred_series_are_looked_at()
    {
        var watch = new InstrumentWatch(0.5);
        var series = Enumerable.Range(0, InstrumentWatch.MostSeries + 1).Select(i => new Series($"s{i}", "Count", []) { SurgeThreshold = 100 }).ToArray();

        Assert.True(Observe(watch, data => Array.ForEach(series, each => data.TryAdd(each, 1))).IsQuiet);
        Assert.False(Observe(watch, data => data.TryAdd(series[^2], 99)).IsQuiet);
        Assert.True(Observe(watch, data => data.TryAdd(series[^1], 99)).IsQuiet);
    }

    private static SurgeVerdict Observe(InstrumentWatch watch, Action<SeriesData> fill)
    {
        var data = new SeriesData();
        fill(data);
        watch.Observe(data);
        return watch.TakeVerdict();
    }

    private static ValueDistribution Of(params (double Value, long Count)[] values)
    {
        var distribution = new ValueDistribution();
        foreach (var (value, count) in values)
        {
            distribution.Add(value, count);
        }

        return distribution;
    }
}
