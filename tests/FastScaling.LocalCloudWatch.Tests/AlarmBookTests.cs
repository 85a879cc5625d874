using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>All alarms together: when they are due, what changes when one is put again, and the history.</summary>
public sealed class AlarmBookTests
{
    private static readonly DateTimeOffset T = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricIdentity Metric = new("Tests", "m", []);
    private readonly CloudWatchModel _model = new(new CloudWatchSettings { EvaluationPhase = TimeSpan.Zero });

    private AlarmBook Book => _model.Alarms;

    [Fact]
    public void Nothing_is_due_without_alarms_and_the_first_of_several_is_due_first()
    {
        Assert.Equal((null, 0), (Book.NextEvaluation, Book.Count));

        Book.Put(T, Alarm("slow", period: 60));
        Assert.Equal(T.AddSeconds(60), Book.NextEvaluation);
        Book.Put(T, Alarm("fast"));

        Assert.Equal((T.AddSeconds(10), 2), (Book.NextEvaluation, Book.Count));
        Assert.False(Book.EvaluateNext(T.AddSeconds(9.999), []));
        Assert.True(Book.EvaluateNext(T.AddSeconds(10), []));
        Assert.Equal(T.AddSeconds(20), Book.NextEvaluation);
    }

    [Fact]
    public void The_first_evaluation_comes_after_now_and_not_at_it()
    {
        Assert.Equal(T.AddSeconds(10), new Alarm(Alarm("a"), new CloudWatchSettings { EvaluationPhase = TimeSpan.Zero }, T).NextEvaluation(T));
        Assert.Equal(T, new Alarm(Alarm("a"), new CloudWatchSettings { EvaluationPhase = TimeSpan.Zero }, T).NextEvaluation(T.AddMilliseconds(-1)));
        Assert.Equal(T.AddSeconds(3), new Alarm(Alarm("a"), new CloudWatchSettings { EvaluationPhase = TimeSpan.FromSeconds(13) }, T).NextEvaluation(T));
        Assert.Equal(
            DateTimeOffset.UnixEpoch.AddSeconds(3),
            new Alarm(Alarm("a"), new CloudWatchSettings { EvaluationPhase = TimeSpan.FromSeconds(3) }, T).NextEvaluation(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Alarms_that_are_due_together_are_evaluated_by_their_names()
    {
        foreach (var name in new[] { "b", "a", "c" })
        {
            Book.Put(T, Alarm(name));
        }

        Put(0, 100);

        Assert.Equal(["a", "b", "c"], _model.AdvanceTo(T.AddSeconds(10)).Select(news => news.AlarmName));
    }

    [Fact]
    public void There_are_no_more_alarms_than_the_most_but_a_known_one_can_be_put_again()
    {
        Assert.True(Book.Put(T, Alarm("a"), most: 1));

        Assert.False(Book.Put(T, Alarm("b"), most: 1));
        Assert.True(Book.Put(T, Alarm("a") with { Threshold = 5 }, most: 1));
        Assert.Equal(5, Assert.Single(Book.List(_ => true)).Definition.Threshold);
    }

    [Fact]
    public void An_alarm_that_gets_a_longer_period_is_evaluated_at_the_new_pace_and_back()
    {
        Book.Put(T, Alarm("a"));
        Book.Put(T.AddSeconds(1), Alarm("a", period: 60));
        Assert.Equal(T.AddSeconds(60), Book.NextEvaluation);

        Book.Put(T.AddSeconds(12), Alarm("a"));
        Assert.Equal(T.AddSeconds(20), Book.NextEvaluation);

        // The same pace: nothing moves.
        Book.Put(T.AddSeconds(25), Alarm("a", period: 30));
        Assert.Equal(T.AddSeconds(20), Book.NextEvaluation);
        Put(0, 100);
        Assert.Single(_model.AdvanceTo(T.AddSeconds(20)));
        Assert.Empty(_model.AdvanceTo(T.AddSeconds(29)));
    }

    [Fact]
    public void An_alarm_that_was_deleted_and_put_again_is_a_new_one()
    {
        Book.Put(T, Alarm("a"));
        Put(0, 100);
        _model.AdvanceTo(T.AddSeconds(10));
        Book.Delete(T.AddSeconds(11), ["a"]);
        Assert.Empty(Book.List(_ => true));

        Book.Put(T.AddSeconds(12), Alarm("a"));

        var again = Assert.Single(Book.List(_ => true));
        Assert.Equal((AlarmState.InsufficientData, T.AddSeconds(12), T.AddSeconds(12)), (again.State, again.StateUpdatedAt, again.ConfiguredAt));
        Assert.Single(_model.AdvanceTo(T.AddSeconds(20)));
    }

    [Fact]
    public void Evaluations_that_are_skipped_are_not_made_up_for()
    {
        Book.Put(T, Alarm("a"));
        Put(0, 100);

        Book.Skip(T.AddSeconds(10));
        Assert.Equal(T.AddSeconds(10), Book.NextEvaluation);
        Book.Skip(T.AddSeconds(35));

        Assert.Equal(T.AddSeconds(40), Book.NextEvaluation);
    }

    [Fact]
    public void A_state_that_is_set_lasts_until_the_next_evaluation_and_acts_by_the_data_given_with_it()
    {
        Book.Put(T, Alarm("a") with { AlarmActions = ["arn:out"], OkActions = ["arn:ok"], InsufficientDataActions = ["arn:none"] });
        Put(0, 0);

        var events = Book.Set(T.AddSeconds(1), "a", AlarmState.Alarm, "why", """{"recentDatapoints":[7,8]}""")!;

        var change = Assert.IsType<AlarmStateChange>(events[0]);
        Assert.Equal((T.AddSeconds(1), "a", AlarmState.InsufficientData, AlarmState.Alarm, "why", """{"recentDatapoints":[7,8]}"""), (change.Time, change.AlarmName, change.OldState, change.NewState, change.Reason, change.ReasonData));
        var action = Assert.IsType<AlarmActionInvocation>(events[1]);
        Assert.Equal(("arn:out", AlarmState.Alarm, false), (action.ActionArn, action.State, action.IsRepeat));
        Assert.Equal([7, 8], action.Datapoints);
        Assert.Equal(2, events.Count);
        Assert.Equal(("why", """{"recentDatapoints":[7,8]}""", T.AddSeconds(1)), Reason());

        Assert.Empty(Book.Set(T.AddSeconds(2), "a", AlarmState.Alarm, "again", null)!);
        Assert.Equal(("again", null, T.AddSeconds(2)), Reason());
        Assert.Null(Book.Set(T.AddSeconds(2), "b", AlarmState.Alarm, "why", null));
        Assert.Equal(["arn:ok"], Actions(_model.AdvanceTo(T.AddSeconds(10))));
        Assert.Equal(T.AddSeconds(10), Reason().At);
        Assert.Equal(["arn:none"], Actions(Book.Set(T.AddSeconds(11), "a", AlarmState.InsufficientData, "why", null)!));

        (string Text, string? Data, DateTimeOffset At) Reason()
        {
            var alarm = Assert.Single(Book.List(_ => true));
            return (alarm.StateReason, alarm.StateReasonData, alarm.StateUpdatedAt);
        }
    }

    [Fact]
    public void An_alarm_without_actions_only_changes_its_state()
    {
        Book.Put(T, Alarm("a"));

        foreach (var state in new[] { AlarmState.Ok, AlarmState.Alarm, AlarmState.InsufficientData })
        {
            Assert.IsType<AlarmStateChange>(Assert.Single(Book.Set(T, "a", state, "why", null)!));
        }
    }

    [Theory]
    [InlineData("arn:aws:autoscaling:us-east-1:1:scalingPolicy:x", true)]
    [InlineData("arn:aws-cn:autoscaling:cn-north-1:1:scalingPolicy:x", true)]
    [InlineData("arn:aws:sns:us-east-1:1:autoscaling", false)]
    [InlineData("urn:aws:autoscaling:x", false)]
    [InlineData("autoscaling", false)]
    public void Only_actions_of_auto_scaling_are_repeated_and_only_after_the_interval(string arn, bool isRepeated)
    {
        Book.Put(T, Alarm("a") with { AlarmActions = [arn] });
        for (var second = 0; second < 140; second++)
        {
            Put(second, 100);
        }

        Assert.Single(Actions(_model.AdvanceTo(T.AddSeconds(69))));
        Assert.Equal(isRepeated ? 1 : 0, Actions(_model.AdvanceTo(T.AddSeconds(70))).Count());
        Assert.Empty(Actions(_model.AdvanceTo(T.AddSeconds(129))));
        Assert.Equal(isRepeated ? 1 : 0, Actions(_model.AdvanceTo(T.AddSeconds(130))).Count());
    }

    [Fact]
    public void Switching_actions_is_a_change_of_the_configuration_and_only_when_it_changes_anything()
    {
        Book.Put(T, Alarm("a"));

        Book.EnableActions(T.AddSeconds(1), ["a"], areEnabled: true);
        Assert.Equal(T, Assert.Single(Book.List(_ => true)).ConfiguredAt);
        Book.EnableActions(T.AddSeconds(2), ["unknown", "a"], areEnabled: false);

        Assert.Equal((T.AddSeconds(2), false), (Book.List(_ => true)[0].ConfiguredAt, Book.List(_ => true)[0].Definition.ActionsEnabled));
        Assert.Equal(["created", "updated"], Book.History(_ => true).Select(item => item.Summary.Split(' ')[^1]));
    }

    [Fact]
    public void The_history_has_what_happened_in_the_JSON_of_CloudWatch()
    {
        Book.Put(T, Alarm("a") with { AlarmActions = ["arn:x"] });
        Book.Put(T.AddSeconds(1), Alarm("a") with { AlarmActions = ["arn:x"], Description = "new" });
        Book.Set(T.AddSeconds(2), "a", AlarmState.Alarm, "why", """{"x":1}""");
        Book.Delete(T.AddSeconds(3), ["a"]);

        Assert.Equal(
            [
                """ConfigurationUpdate 0 Alarm "a" created {"version":"1.0","type":"Create"}""",
                """ConfigurationUpdate 1 Alarm "a" updated {"version":"1.0","type":"Update"}""",
                """StateUpdate 2 Alarm updated from INSUFFICIENT_DATA to ALARM {"version":"1.0","oldState":{"stateValue":"INSUFFICIENT_DATA","stateReason":"Unchecked: Initial alarm creation"},"newState":{"stateValue":"ALARM","stateReason":"why","stateReasonData":{"x":1}}}""",
                """Action 2 Successfully executed action arn:x {"actionState":"Succeeded","notificationResource":"arn:x","stateValue":"ALARM"}""",
                """ConfigurationUpdate 3 Alarm "a" deleted {"version":"1.0","type":"Delete"}""",
            ],
            Book.History(_ => true).Select(item => FormattableString.Invariant($"{item.Type} {(item.Time - T).TotalSeconds} {item.Summary} {item.Data}")));
        Assert.Equal([0, 1, 2, 3, 4], Book.History(_ => true).Select(item => item.Sequence));
        Assert.Single(Book.History(item => item.Type == AlarmHistoryType.Action));
    }

    [Fact]
    public void The_history_has_two_weeks_and_texts_of_a_bounded_length()
    {
        var history = new AlarmHistory();
        history.Configured(new string('n', 300), T, "created");
        history.Configured("b", T.AddDays(14), "created");
        Assert.Equal(2, history.Items.Count);
        Assert.Equal((255, "Alarm \"nnn"), (history.Items.First().Summary.Length, history.Items.First().Summary[..10]));

        var change = new AlarmStateChange(T.AddDays(14), Alarm("c")) { OldState = AlarmState.Ok, NewState = AlarmState.Alarm, Reason = new string('r', 5000), ReasonData = null };
        history.Changed(change, "old");
        Assert.Equal(4095, history.Items.Last().Data.Length);
        history.Configured("d", T.AddDays(14).AddSeconds(1), "created");

        Assert.Equal(["b", "c", "d"], history.Items.Select(item => item.AlarmName));
    }

    [Fact]
    public void The_history_has_at_most_fifty_thousand_items()
    {
        var history = new AlarmHistory();
        for (var i = 0; i <= 50_000; i++)
        {
            history.Configured($"{i}", T, "created");
        }

        Assert.Equal((50_000, "1"), (history.Items.Count, history.Items.First().AlarmName));
    }

    [Fact]
    public void Names_of_states_are_read_back()
    {
        foreach (var state in Enum.GetValues<AlarmState>())
        {
            Assert.Equal(state, AlarmStates.Parse(AlarmStates.Text(state)));
        }

        Assert.Null(AlarmStates.Parse("Ok"));
    }

    [Fact]
    public void Texts_in_JSON_are_escaped_no_more_than_JSON_needs() =>
        Assert.Equal("""{"a":"<é>\"&'"}""", JsonText.Write(json => json.WriteString("a", "<é>\"&'")));

    [Fact]
    public void The_simulated_clock_never_goes_back()
    {
        var clock = new ModelClock();
        Assert.Equal(DateTimeOffset.UnixEpoch, clock.GetUtcNow());
        clock.AdvanceTo(T);
        clock.AdvanceTo(T.AddSeconds(-1));
        Assert.Equal(T, clock.GetUtcNow());
        clock.AdvanceTo(T.AddTicks(1));
        Assert.Equal(T.AddTicks(1), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(30, 10)]
    [InlineData(60, 60)]
    [InlineData(300, 60)]
    public void Short_periods_are_evaluated_every_ten_seconds(int period, int step) => Assert.Equal(step, Alarm("a", period).EvaluationStep);

    private static IEnumerable<string> Actions(IEnumerable<AlarmEvent> events) => events.OfType<AlarmActionInvocation>().Select(action => action.ActionArn);

    private static AlarmDefinition Alarm(string name, int period = 10) => new()
    {
        Name = name,
        Source = new MetricSource(Metric, null, Statistic.Plain("Average")!, period),
        Period = period,
        Comparison = AlarmComparison.GreaterThanThreshold,
        Threshold = 80,
    };

    private void Put(int second, double value) =>
        _model.Put(T.AddSeconds(second), Metric, "None", 1, T.AddSeconds(second), Aggregate.OfValue(value));
}
