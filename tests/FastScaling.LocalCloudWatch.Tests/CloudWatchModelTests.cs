using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>When data become visible.</summary>
public sealed class CloudWatchModelTests
{
    private static readonly DateTimeOffset T = TestClock.Noon;
    private static readonly MetricIdentity Metric = new("Tests", "m", []);

    [Fact]
    public void Without_a_delay_data_are_there_at_once_and_once()
    {
        var model = new CloudWatchModel();

        Put(model, T);

        Assert.Equal(1, Visible(model));
        model.AdvanceTo(T.AddSeconds(60));
        Assert.Equal(1, Visible(model));
    }

    [Fact]
    public void A_fixed_delay_ends_at_its_time_and_not_before()
    {
        var model = new CloudWatchModel(Delay(4, 4));

        Put(model, T);

        model.AdvanceTo(T.AddSeconds(3.999));
        Assert.Equal(0, Visible(model));
        model.AdvanceTo(T.AddSeconds(4));
        Assert.Equal(1, Visible(model));
    }

    [Fact]
    public void Delays_are_spread_between_the_shortest_and_the_longest()
    {
        var model = new CloudWatchModel(Delay(2, 6));
        for (var i = 0; i < 100; i++)
        {
            Put(model, T);
        }

        model.Ingest(T.AddSeconds(1.999));
        Assert.Equal(0, Visible(model));
        model.Ingest(T.AddSeconds(4));
        Assert.InRange(Visible(model), 30, 70);
        model.Ingest(T.AddSeconds(6));
        Assert.Equal(100, Visible(model));
    }

    [Fact]
    public void Calls_that_become_visible_together_are_added_in_their_order()
    {
        var model = new CloudWatchModel(Delay(4, 4));
        foreach (var value in new[] { 1, 1e17, -1e17 })
        {
            Put(model, T, value);
        }

        model.AdvanceTo(T.AddSeconds(4));

        // In the other order the 1 would not be lost in rounding.
        Assert.Equal(0, FirstPeriod(model, 60)?.Value(Statistic.Plain("Sum")!));
    }

    [Fact]
    public void In_simulated_time_data_are_kept_as_long_as_in_real_time()
    {
        // Ten seconds can be read for three hours.
        foreach (var advance in (Action<CloudWatchModel, DateTimeOffset>[])[(model, now) => Put(model, now), (model, now) => model.AdvanceTo(now)])
        {
            var model = new CloudWatchModel();
            Put(model, T);

            advance(model, T.AddHours(3).AddSeconds(-1));
            Assert.Equal(1, Visible(model, period: 10));
            advance(model, T.AddHours(3));
            Assert.Equal(0, Visible(model, period: 10));
        }
    }

    [Fact]
    public void In_simulated_time_a_metric_is_active_from_when_its_data_became_visible()
    {
        var active = TimeSpan.FromHours(3);
        var model = new CloudWatchModel(Delay(4, 4));
        Put(model, T);

        model.AdvanceTo(T.AddSeconds(4) + active);
        Assert.Single(model.Store.List(_ => true, active, ""));
        model.AdvanceTo(T.AddSeconds(5) + active);
        Assert.Empty(model.Store.List(_ => true, active, ""));
    }

    [Fact]
    public void An_alarm_sees_no_data_that_are_past_their_retention()
    {
        // Seconds are kept for three hours: the window of this alarm is longer.
        var model = new CloudWatchModel(new CloudWatchSettings { EvaluationPhase = TimeSpan.Zero });
        model.Alarms.Put(T, new AlarmDefinition
        {
            Name = "a",
            Source = new MetricSource(Metric, null, Statistic.Plain("Maximum")!, 10),
            Period = 10,
            EvaluationPeriods = 1100,
            DatapointsToAlarm = 1,
            MissingData = MissingData.NotBreaching,
            Comparison = AlarmComparison.GreaterThanThreshold,
        });
        Put(model, T);

        var changes = model.AdvanceTo(T.AddHours(3)).OfType<AlarmStateChange>();

        Assert.Equal([T.AddSeconds(10), T.AddHours(3)], changes.Select(change => change.Time));
    }

    [Fact]
    public void A_clock_and_a_store_of_the_caller_are_used()
    {
        var clock = new TestClock();
        var store = new MetricStore(clock);
        var model = new CloudWatchModel(null, clock, store);
        Assert.Same(store, model.Store);

        var other = new CloudWatchModel(null, clock);
        Put(other, T);
        clock.Now += TimeSpan.FromDays(16);
        Put(other, clock.Now);

        Assert.Single(other.Store.Snapshot());
    }

    [Fact]
    public void A_store_that_is_full_refuses_a_call_before_its_delay()
    {
        var model = new CloudWatchModel(Delay(4, 4), null, new MetricStore(new TestClock(), maximumSeries: 1));
        Put(model, T);
        model.AdvanceTo(T.AddSeconds(4));

        Assert.Throws<CloudWatchException>(() =>
            model.Put(T.AddSeconds(5), new MetricIdentity("Tests", "other", []), "None", 1, T, Aggregate.OfValue(1)));
    }

    private static CloudWatchSettings Delay(double minimum, double maximum) => new()
    {
        IngestionDelayMinimum = TimeSpan.FromSeconds(minimum),
        IngestionDelayMaximum = TimeSpan.FromSeconds(maximum),
        Seed = 1,
    };

    private static void Put(CloudWatchModel model, DateTimeOffset now, double value = 1) =>
        model.Put(now, Metric, "None", 1, now, Aggregate.OfValue(value));

    private static double Visible(CloudWatchModel model, int period = 60) => FirstPeriod(model, period)?.SampleCount ?? 0;

    private static PeriodBucket? FirstPeriod(CloudWatchModel model, int period)
    {
        var buckets = new PeriodBucket?[1];
        model.Store.ReadWindow(Metric, null, T.ToUnixTimeSeconds() + period, period, withValues: false, buckets);
        return buckets[0];
    }
}
