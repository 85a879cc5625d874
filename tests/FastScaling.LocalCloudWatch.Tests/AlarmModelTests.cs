using CsCheck;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Alarms in simulated time. T is a whole minute.</summary>
public sealed class AlarmModelTests
{
    private const string ScalingPolicy = "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:resource/ecs/service/c/s:policyName/out";
    private const string Topic = "arn:aws:sns:us-east-1:123456789012:topic";

    private static readonly DateTimeOffset T = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricIdentity Metric = new("Tests", "m", []);
    private static readonly CloudWatchSettings Punctual = new() { EvaluationPhase = TimeSpan.Zero };

    [Fact]
    public void A_new_alarm_has_insufficient_data_until_it_is_evaluated()
    {
        var model = Model(Alarm());
        Put(model, 0, 1);

        Assert.Empty(model.AdvanceTo(T.AddSeconds(9)));
        Assert.Equal((AlarmState.InsufficientData, AlarmReason.Initial), State(model));
        Assert.Equal(["OK 10"], Texts(model.AdvanceTo(T.AddSeconds(10))));
    }

    [Fact]
    public void A_ten_second_alarm_is_evaluated_every_ten_seconds_and_tells_why()
    {
        var model = Model(Alarm());
        for (var second = 0; second < 40; second++)
        {
            Put(model, second, second < 20 ? 50 : 95.5);
        }

        var changes = model.AdvanceTo(T.AddSeconds(40)).OfType<AlarmStateChange>().ToList();

        Assert.Equal(["OK 10", "ALARM 30"], Texts(changes));
        Assert.Equal(
            "Threshold Crossed: 1 out of the last 1 datapoint [95.5 (23/11/26 12:00:20)] was greater than the threshold (80.0) (minimum 1 datapoint for OK -> ALARM transition).",
            changes[1].Reason);
        Assert.Equal(
            """{"version":"1.0","queryDate":"2026-11-23T12:00:30.000+0000","startDate":"2026-11-23T12:00:20.000+0000","statistic":"Average","period":10,"recentDatapoints":[95.5],"threshold":80,"evaluatedDatapoints":[{"timestamp":"2026-11-23T12:00:20.000+0000","sampleCount":10,"value":95.5}]}""",
            changes[1].ReasonData);
    }

    [Fact]
    public void A_twenty_second_window_slides_by_ten()
    {
        var model = Model(Alarm(period: 20));
        for (var second = 0; second < 40; second++)
        {
            Put(model, second, second < 10 ? 0 : 120);
        }

        // At 20 the window holds 0 and 120, at 30 only 120.
        Assert.Equal(["OK 10", "ALARM 30"], Texts(model.AdvanceTo(T.AddSeconds(30))));
    }

    [Fact]
    public void A_minute_alarm_is_evaluated_once_a_minute_over_windows_that_slide()
    {
        var model = Model(Alarm(period: 120));
        for (var second = 0; second < 240; second++)
        {
            Put(model, second, second < 60 ? 0 : 100);
        }

        Assert.Equal(["OK 60", "ALARM 180"], Texts(model.AdvanceTo(T.AddSeconds(240))));
    }

    [Fact]
    public void Actions_of_scaling_policies_repeat_once_a_minute_and_others_do_not()
    {
        var model = Model(Alarm() with { AlarmActions = [ScalingPolicy, Topic], OkActions = [Topic] });
        for (var second = 0; second < 200; second++)
        {
            Put(model, second, second < 150 ? 100 : 0);
        }

        var actions = model.AdvanceTo(T.AddSeconds(200)).OfType<AlarmActionInvocation>().ToList();

        Assert.Equal(
            ["10 ALARM scalingPolicy", "10 ALARM topic", "70 ALARM scalingPolicy again", "130 ALARM scalingPolicy again", "160 OK topic"],
            actions.Select(action => FormattableString.Invariant(
                $"{(action.Time - T).TotalSeconds} {AlarmStates.Text(action.State)} {action.ActionArn.Split(':')[5]}{(action.IsRepeat ? " again" : "")}")));
        Assert.All(actions.Take(4), action => Assert.Equal([100], action.Datapoints));
        Assert.Equal(80, actions[0].Threshold);
    }

    [Fact]
    public void Disabled_actions_are_not_invoked_and_the_state_changes_all_the_same()
    {
        var model = Model(Alarm() with { AlarmActions = [ScalingPolicy] });
        model.Alarms.EnableActions(T, ["a"], areEnabled: false);
        Put(model, 0, 100);

        var events = model.AdvanceTo(T.AddSeconds(30));
        Assert.Equal(["ALARM 10"], Texts(events));
        Assert.Single(events);
        model.Alarms.EnableActions(T.AddSeconds(30), ["a"], areEnabled: true);
        Assert.Empty(model.AdvanceTo(T.AddSeconds(30)));
    }

    [Fact]
    public void Late_data_change_what_a_later_evaluation_sees_of_an_old_period()
    {
        var model = Model(Alarm(periods: 2));
        Put(model, 5, 100);
        Put(model, 15, 50);
        Assert.Equal(["OK 20"], Texts(model.AdvanceTo(T.AddSeconds(20))).TakeLast(1));

        // Two samples make the average of the second period 100.
        model.Put(T.AddSeconds(21), Metric, "None", 1, T.AddSeconds(16), Aggregate.OfValue(150));
        model.Put(T.AddSeconds(22), Metric, "None", 1, T.AddSeconds(25), Aggregate.OfValue(90));

        Assert.Equal(["ALARM 30"], Texts(model.AdvanceTo(T.AddSeconds(30))));
    }

    [Fact]
    public void Data_under_way_are_not_seen_before_their_delay_is_over()
    {
        var delayed = Punctual with { IngestionDelayMinimum = TimeSpan.FromSeconds(4), IngestionDelayMaximum = TimeSpan.FromSeconds(4) };
        var model = new CloudWatchModel(delayed);
        model.Alarms.Put(T, Alarm());
        for (var second = 0; second < 12; second++)
        {
            Put(model, second, second < 6 ? 50 : 200);
        }

        // At 10 only the seconds 0 to 6 are there: the period is partial.
        Assert.Equal(["OK 10"], Texts(model.AdvanceTo(T.AddSeconds(10))));
        Assert.Equal(["ALARM 20"], Texts(model.AdvanceTo(T.AddSeconds(20))));
    }

    [Fact]
    public void A_phase_moves_the_evaluation_and_not_the_window()
    {
        var model = new CloudWatchModel(new CloudWatchSettings { EvaluationPhase = TimeSpan.FromSeconds(3) });
        model.Alarms.Put(T, Alarm());
        for (var second = 0; second < 20; second++)
        {
            Put(model, second, second < 10 ? 0 : 100);
        }

        Assert.Equal(["OK 13", "ALARM 23"], Texts(model.AdvanceTo(T.AddSeconds(30))));
    }

    [Fact]
    public void Without_a_phase_each_alarm_has_its_own_that_does_not_change()
    {
        static IReadOnlyList<double> Phases(int seed) => [.. Enumerable.Range(0, 50).Select(i =>
            (new Alarm(Alarm() with { Name = $"alarm {i}" }, new CloudWatchSettings { Seed = seed }, T).NextEvaluation(T.AddMilliseconds(-1)) - T).TotalSeconds)];

        Assert.Equal(Phases(1), Phases(1));
        Assert.NotEqual(Phases(1), Phases(2));
        Assert.All(Phases(1), phase => Assert.InRange(phase, 0, 9.999));
        Assert.True(Phases(1).Distinct().Count() > 40);
    }

    [Theory]
    [InlineData("p99", 999, AlarmState.InsufficientData)]
    [InlineData("p99", 1000, AlarmState.Alarm)]
    [InlineData("p50", 19, AlarmState.InsufficientData)]
    [InlineData("p50", 20, AlarmState.Alarm)]
    [InlineData("p10", 99, AlarmState.InsufficientData)]
    [InlineData("p10", 100, AlarmState.Alarm)]
    [InlineData("p100", 1, AlarmState.Alarm)]
    public void A_percentile_of_too_few_samples_changes_nothing_when_they_are_to_be_ignored(string percentile, int samples, AlarmState expected)
    {
        var source = Alarm().Source! with { Statistic = Statistic.Percentile(percentile)! };
        foreach (var (treatment, state) in new[] { ("ignore", expected), ("evaluate", AlarmState.Alarm) })
        {
            var model = Model(Alarm() with { Source = source, LowSampleCountPercentile = treatment });
            model.Put(T, Metric, "None", 1, T, Aggregate.OfValues([100], [samples])!);
            model.AdvanceTo(T.AddSeconds(10));

            Assert.Equal(state, State(model).State);
        }
    }

    [Fact]
    public void Samples_of_all_periods_count_for_a_percentile()
    {
        var model = Model(Alarm(periods: 2) with { Source = Alarm().Source! with { Statistic = Statistic.Percentile("p99")! }, LowSampleCountPercentile = "ignore" });
        foreach (var second in new[] { 0, 10 })
        {
            model.Put(T, Metric, "None", 1, T.AddSeconds(second), Aggregate.OfValues([100], [600])!);
        }

        Assert.Equal(["ALARM 20"], Texts(model.AdvanceTo(T.AddSeconds(20))));
    }

    [Fact]
    public void Metric_math_over_all_metrics_is_watched()
    {
        var model = Model(Alarm() with
        {
            Source = null,
            Threshold = 150,
            Queries =
            [
                new AlarmQuery("m", null, false) { Source = Alarm().Source },
                new AlarmQuery("n", null, false) { Source = Alarm().Source },
                new AlarmQuery("e", null, true) { Expression = MathParser.Parse("SUM(METRICS())"), Text = "SUM(METRICS())" },
            ],
        });
        Put(model, 5, 100);

        Assert.Equal(["ALARM 10"], Texts(model.AdvanceTo(T.AddSeconds(10))));
    }

    [Fact]
    public void Metric_math_is_watched_and_no_data_of_any_metric_are_missing_data()
    {
        var requests = new MetricIdentity("Tests", "requests", []);
        var model = Model(Alarm() with
        {
            Source = null,
            Threshold = 10,
            Queries =
            [
                new AlarmQuery("m", null, false) { Source = Alarm().Source },
                new AlarmQuery("r", null, false) { Source = Alarm().Source! with { Metric = requests } },
                new AlarmQuery("e", null, true) { Expression = MathParser.Parse("IF(r > 0, m / r, 0)"), Text = "IF(r > 0, m / r, 0)" },
            ],
        });
        Put(model, 5, 100);
        model.Put(T, requests, "None", 1, T.AddSeconds(5), Aggregate.OfValue(5));

        var change = Assert.Single(model.AdvanceTo(T.AddSeconds(10)).OfType<AlarmStateChange>());
        Assert.Equal(AlarmState.Alarm, change.NewState);
        Assert.Contains("[20.0 (23/11/26 12:00:00)]", change.Reason, StringComparison.Ordinal);
        Assert.Equal(["INSUFFICIENT_DATA 40"], Texts(model.AdvanceTo(T.AddSeconds(60))));
    }

    [Fact]
    public void An_updated_alarm_keeps_its_state_and_a_deleted_one_is_silent()
    {
        var model = Model(Alarm());
        Put(model, 0, 100);
        model.AdvanceTo(T.AddSeconds(10));
        model.Alarms.Put(T.AddSeconds(11), Alarm() with { Threshold = 200 });
        Assert.Equal(AlarmState.Alarm, State(model).State);
        Assert.Equal(["OK 20"], Texts(model.AdvanceTo(T.AddSeconds(20))));

        model.Alarms.Delete(T.AddSeconds(21), ["a", "unknown"]);
        Assert.Empty(model.AdvanceTo(T.AddMinutes(10)));
        Assert.Equal(
            ["created", "INSUFFICIENT_DATA to ALARM", "updated", "ALARM to OK", "deleted"],
            model.Alarms.History(_ => true).Select(item => item.Summary.Replace("Alarm \"a\" ", "", StringComparison.Ordinal).Replace("Alarm updated from ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_alarm_agrees_with_a_naive_model_whatever_arrives_when() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 149], Gen.Int[0, 30], Gen.Int[0, 100]).Array[0, 60],
            Gen.Int[1, 3].Select(i => i * 10),
            Gen.Int[1, 4],
            Gen.Int[1, 4],
            Gen.Enum<MissingData>(),
            Gen.Enum<AlarmComparison>()).Sample(
            (data, period, datapoints, periods, treatment, comparison) =>
            {
                datapoints = Math.Min(datapoints, periods);
                var alarm = Alarm(period, periods) with { DatapointsToAlarm = datapoints, MissingData = treatment, Comparison = comparison, Threshold = 50 };
                var model = Model(alarm);
                var arrivals = data.Select(datum => (Second: datum.Item1, Arrival: datum.Item1 + datum.Item2, Value: (double)datum.Item3)).OrderBy(datum => datum.Arrival).ToList();
                var actual = new List<string>();
                foreach (var (second, arrival, value) in arrivals)
                {
                    actual.AddRange(Texts(model.AdvanceTo(T.AddSeconds(arrival))));
                    model.Put(T.AddSeconds(arrival), Metric, "None", 1, T.AddSeconds(second), Aggregate.OfValue(value));
                }

                actual.AddRange(Texts(model.AdvanceTo(T.AddSeconds(300))));

                Assert.Equal(NaiveAlarm.Run(alarm, arrivals, 300), actual);
            },
            iter: Depth.Of(3000));

    [Fact]
    public void The_same_run_twice_gives_the_same_events() => Gen.Int.Sample(
        seed =>
        {
            Assert.Equal(Run(seed), Run(seed));

            static string Run(int seed)
            {
                var model = new CloudWatchModel(new CloudWatchSettings { Seed = seed, IngestionDelayMaximum = TimeSpan.FromSeconds(9) });
                for (var i = 0; i < 5; i++)
                {
                    model.Alarms.Put(T, Alarm(i % 2 == 0 ? 10 : 60, 2) with { Name = $"alarm {i}", Threshold = 40 + (i * 5), AlarmActions = [ScalingPolicy] });
                }

                var random = new Random(seed);
                var events = new List<AlarmEvent>();
                for (var second = 0; second < 600; second++)
                {
                    Put(model, second, random.Next(100));
                    events.AddRange(model.AdvanceTo(T.AddSeconds(second)));
                }

                return string.Join('\n', events.Select(news => $"{news.Time:O} {news.AlarmName} {(news as AlarmStateChange)?.Reason} {(news as AlarmActionInvocation)?.ActionArn}"));
            }
        },
        iter: Depth.Of(20));

    private static CloudWatchModel Model(AlarmDefinition alarm)
    {
        var model = new CloudWatchModel(Punctual);
        model.Alarms.Put(T, alarm);
        return model;
    }

    private static AlarmDefinition Alarm(int period = 10, int periods = 1) => new()
    {
        Name = "a",
        Source = new MetricSource(Metric, null, Statistic.Plain("Average")!, period),
        Period = period,
        EvaluationPeriods = periods,
        Comparison = AlarmComparison.GreaterThanThreshold,
        Threshold = 80,
    };

    private static void Put(CloudWatchModel model, int second, double value) =>
        model.Put(T.AddSeconds(second), Metric, "None", 1, T.AddSeconds(second), Aggregate.OfValue(value));

    private static (AlarmState State, string Reason) State(CloudWatchModel model)
    {
        var alarm = Assert.Single(model.Alarms.List(_ => true));
        return (alarm.State, alarm.StateReason);
    }

    private static IEnumerable<string> Texts(IEnumerable<AlarmEvent> events) =>
        events.OfType<AlarmStateChange>().Select(change => FormattableString.Invariant($"{AlarmStates.Text(change.NewState)} {(change.Time - T).TotalSeconds}"));
}
