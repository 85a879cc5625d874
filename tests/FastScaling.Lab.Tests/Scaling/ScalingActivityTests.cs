using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>The activity log, and the cooldowns that follow an activity.</summary>
public sealed class ScalingActivityTests
{
    private static readonly StepScalingConfiguration AddTwo = Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, null, 2));
    private static readonly StepScalingConfiguration AddOne = Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, null, 1));
    private static readonly StepScalingConfiguration RemoveOne = Bench.Steps(AdjustmentType.ChangeInCapacity, 30, (null, 0, -1));

    [Fact]
    public void An_activity_says_what_it_does_and_when_it_is_done()
    {
        var bench = SlowBench();
        var policy = bench.Put("out", AddTwo);
        var logged = new List<ScalingActivity>();
        bench.Engine.Logged = logged.Add;

        bench.Alarm(policy, 100, 150);
        var begun = new ScalingActivity
        {
            Id = "00000001-5ca1-4ab0-8000-000000000000",
            Target = Bench.Id,
            Description = "Setting desired count to 12.",
            Cause = "monitor alarm alarm in state ALARM triggered policy out",
            StartTime = Bench.Noon,
            Status = ActivityStatus.InProgress,
            StatusMessage = "Successfully set desired count to 12. Waiting for change to be fulfilled by ecs.",
            PolicyArn = policy.Arn,
            From = 10,
            To = 12,
        };
        Same(begun, bench.Last);
        Same(begun, Assert.Single(logged));
        bench.Service.RunningCount = 12;
        bench.After(20);
        Same(
            begun with
            {
                EndTime = bench.Now,
                Status = ActivityStatus.Successful,
                StatusMessage = "Successfully set desired count to 12. Change successfully fulfilled by ecs.",
            },
            bench.Last);
        Assert.Single(logged);
    }

    [Fact]
    public void What_changes_nothing_is_an_activity_too()
    {
        var bench = new Bench(count: 10, maximum: 10);
        var policy = bench.Put("out", AddTwo);

        bench.Alarm(policy, 100, 150);

        Same(
            new ScalingActivity
            {
                Id = "00000001-5ca1-4ab0-8000-000000000000",
                Target = Bench.Id,
                Description = "Attempting to scale due to alarm triggered",
                Cause = "monitor alarm alarm in state ALARM triggered policy out",
                StartTime = Bench.Noon,
                EndTime = Bench.Noon,
                Status = ActivityStatus.Failed,
                StatusMessage = "Nothing was changed: AlreadyAtMaxCapacity.",
                PolicyArn = policy.Arn,
                From = 10,
                To = 10,
            },
            bench.Last);
        Assert.Empty(bench.Engine.Activities(includeNotScaled: false));
        Assert.False(bench.Last.IsScaled);
    }

    [Fact]
    public void A_later_activity_overrides_one_that_is_not_fulfilled()
    {
        var bench = SlowBench();
        bench.Alarm(bench.Put("out", AddTwo), 100, 150);

        Assert.Equal(9, bench.After(5).Alarm(bench.Put("in", RemoveOne), 100, 50));

        var activities = bench.Engine.Activities(Bench.Id).ToArray();
        Assert.Equal([(12, 9, ActivityStatus.InProgress), (10, 12, ActivityStatus.Overridden)], activities.Select(activity => (activity.From, activity.To, activity.Status)));
        Assert.Equal("Desired count 12 was overridden by a later activity.", activities[1].StatusMessage);
        Assert.Equal(bench.Now, activities[1].EndTime);
        bench.Service.RunningCount = 9;
        bench.After(1);
        Assert.Equal(ActivityStatus.Successful, bench.Last.Status);
    }

    [Fact]
    public void A_scale_in_is_fulfilled_when_the_tasks_have_gone()
    {
        var bench = SlowBench();
        bench.Alarm(bench.Put("in", RemoveOne), 100, 50);

        Assert.Equal(ActivityStatus.InProgress, bench.After(1).Last.Status);
        bench.Service.RunningCount = 8;
        Assert.Equal(ActivityStatus.Successful, bench.After(1).Last.Status);
    }

    [Fact]
    public void An_activity_that_takes_too_long_is_unfulfilled_and_its_cooldown_begins()
    {
        var bench = SlowBench(new ScalingAssumptions { FulfilmentTimeout = TimeSpan.FromSeconds(60) });
        var policy = bench.Put("out", AddTwo);
        bench.Alarm(policy, 100, 150);

        Assert.Equal(ActivityStatus.InProgress, bench.After(59).Last.Status);
        Assert.Equal(ActivityStatus.Unfulfilled, bench.After(1).Last.Status);
        Assert.Equal("Desired count was set to 12, but the change was not fulfilled by ecs in time.", bench.Last.StatusMessage);
        bench.Service.RunningCount = 12;
        Assert.Equal(12, bench.After(9.9).Alarm(policy, 100, 150));
        Assert.Equal(14, bench.After(0.1).Alarm(policy, 100, 150));
    }

    [Fact]
    public void By_default_it_takes_five_minutes_to_be_unfulfilled()
    {
        var bench = SlowBench();
        bench.Alarm(bench.Put("out", AddTwo), 100, 150);

        Assert.Equal(ActivityStatus.InProgress, bench.After(299).Last.Status);
        Assert.Equal(ActivityStatus.Unfulfilled, bench.After(1).Last.Status);
    }

    [Fact]
    public void Activities_are_listed_newest_first_of_one_target_or_of_all()
    {
        var other = new ScalableTargetId("service/shop/worker");
        var engine = new ScalingEngine(_ => new FakeService(10) { IsInstant = true });
        engine.RegisterTarget(Bench.Noon, Bench.Id, 1, 100);
        engine.RegisterTarget(Bench.Noon, other, 1, 100);
        engine.RegisterTarget(Bench.Noon.AddSeconds(1), Bench.Id, 11, null);
        engine.RegisterTarget(Bench.Noon.AddSeconds(2), other, 12, null);
        engine.RegisterTarget(Bench.Noon.AddSeconds(3), Bench.Id, 13, null);
        engine.RegisterTarget(Bench.Noon.AddSeconds(3), Bench.Id, 14, null);

        Assert.Equal([14, 13, 12, 11], engine.Activities().Select(activity => activity.To));
        Assert.Equal([14, 13, 11], engine.Activities(Bench.Id).Select(activity => activity.To));
        Assert.Equal([12], engine.Activities(other).Select(activity => activity.To));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_log_is_bounded_and_the_activity_that_is_open_stays_in_it(int before)
    {
        var bench = SlowBench(new ScalingAssumptions { KeptActivities = 3 });
        var policy = bench.Put("out", AddTwo);
        for (var i = 0; i < before; i++)
        {
            bench.Alarm(policy, 100, 0);
        }

        bench.Alarm(policy, 100, 150);
        for (var i = 0; i < 4; i++)
        {
            bench.After(1).Alarm(policy, 100, 0);
            Assert.Equal(Math.Min(3, before + i + 2), bench.Engine.Activities(Bench.Id).Count());
        }

        Assert.Equal(ActivityStatus.InProgress, bench.Engine.Activities(Bench.Id).Last().Status);
        bench.Service.RunningCount = 12;
        bench.After(1);
        Assert.Equal(ActivityStatus.Successful, bench.Engine.Activities(Bench.Id).Last().Status);
        bench.Alarm(policy, 100, 0);
        Assert.All(bench.Engine.Activities(Bench.Id), activity => Assert.Equal(ActivityStatus.Failed, activity.Status));
    }

    [Fact]
    public void A_log_of_one_forgets_even_the_activity_that_is_open()
    {
        var bench = SlowBench(new ScalingAssumptions { KeptActivities = 1 });
        var policy = bench.Put("out", AddTwo);
        bench.Alarm(policy, 100, 150);

        bench.Alarm(policy, 100, 0);
        bench.Service.RunningCount = 12;
        bench.After(1);

        Assert.Equal(ActivityStatus.Failed, Assert.Single(bench.Engine.Activities(Bench.Id)).Status);
    }

    [Fact]
    public void A_cooldown_holds_back_the_policy_that_acted_and_others_only_where_it_is_assumed()
    {
        foreach (var isShared in new[] { false, true })
        {
            var bench = new Bench(count: 10, assumptions: new ScalingAssumptions { CooldownIsShared = isShared });
            bench.Alarm(bench.Put("out", AddTwo), 100, 150);
            var other = bench.Put("other", AddOne);

            Assert.Equal(isShared ? 12 : 13, bench.After(9).Alarm(other, 100, 150));
            Assert.Equal(isShared ? 13 : 13, bench.After(1).Alarm(other, 100, 150));
        }
    }

    [Fact]
    public void A_scale_in_waits_for_the_cooldown_of_a_scale_out_only_where_it_is_assumed()
    {
        foreach (var waits in new[] { false, true })
        {
            var bench = new Bench(count: 10, assumptions: new ScalingAssumptions { ScaleInWaitsForScaleOutCooldown = waits });
            bench.Alarm(bench.Put("out", AddTwo), 100, 150);
            var scaleIn = bench.Put("in", RemoveOne);

            Assert.Equal(waits ? 12 : 11, bench.After(9).Alarm(scaleIn, 100, 50));
            Assert.Equal(11, bench.After(1).Alarm(scaleIn, 100, 50));
        }
    }

    [Fact]
    public void A_suspended_schedule_does_nothing()
    {
        var bench = new Bench(count: 10);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "a", Schedule.Parse("rate(1 minute)"), 20, null);
        bench.Engine.RegisterTarget(bench.Now, Bench.Id, null, null, new SuspendedState(Scheduled: true));

        Assert.Equal(10, bench.After(60).Service.DesiredCount);
        bench.Engine.RegisterTarget(bench.Now, Bench.Id, null, null, SuspendedState.None);
        Assert.Equal(10, bench.After(59).Service.DesiredCount);
        Assert.Equal(20, bench.After(1).Service.DesiredCount);
    }

    [Theory]
    [InlineData(20, null, 20, 50)]
    [InlineData(80, null, 80, 80)]
    [InlineData(null, 40, 10, 40)]
    [InlineData(null, 5, 5, 5)]
    [InlineData(30, 60, 30, 60)]
    public void A_scheduled_action_changes_the_limits_it_names_and_the_other_gives_way(int? minimum, int? maximum, int expectedMinimum, int expectedMaximum)
    {
        var bench = new Bench(count: 20, minimum: 10, maximum: 50);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "a", Schedule.Parse("at(2026-11-23T12:00:05)"), minimum, maximum);

        bench.After(5);

        var target = bench.Engine.Targets.Single();
        Assert.Equal((expectedMinimum, expectedMaximum), (target.MinCapacity, target.MaxCapacity));
        Assert.Equal(Math.Clamp(20, expectedMinimum, expectedMaximum), bench.Service.DesiredCount);
    }

    [Fact]
    public void A_scheduled_action_runs_between_its_start_and_its_end()
    {
        var bench = new Bench(count: 10);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "a", Schedule.Parse("rate(1 minute)"), 20, null, Bench.Noon.AddSeconds(30), Bench.Noon.AddSeconds(90));

        Assert.Equal(10, bench.After(29).Service.DesiredCount);
        Assert.Equal(20, bench.After(1).Service.DesiredCount);
        Assert.Equal("minimum capacity was set to 20 while current capacity was 10 and scheduled action name a was triggered", bench.Last.Cause);
        bench.Service.SetDesiredCount(bench.Now, 5);
        Assert.Equal(5, bench.After(59).Service.DesiredCount);
        Assert.Equal(20, bench.After(1).Service.DesiredCount);
        bench.Service.SetDesiredCount(bench.Now, 5);
        Assert.Equal(5, bench.After(3600).Service.DesiredCount);
    }

    private static Bench SlowBench(ScalingAssumptions? assumptions = null)
    {
        var bench = new Bench(count: 10, assumptions: assumptions);
        bench.Service.IsInstant = false;
        return bench;
    }

    // Without the reasons: records compare lists by reference.
    private static void Same(ScalingActivity expected, ScalingActivity actual) =>
        Assert.Equal(expected, actual with { NotScaledReasons = expected.NotScaledReasons });
}
