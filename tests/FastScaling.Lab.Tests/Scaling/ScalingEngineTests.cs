using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

public sealed class ScalingEngineTests
{
    private static readonly StepScalingConfiguration AddTwo = Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, null, 2));
    private static readonly StepScalingConfiguration RemoveOne = Bench.Steps(AdjustmentType.ChangeInCapacity, 30, (null, 0, -1));

    [Fact]
    public void The_base_is_the_running_count_so_a_repeated_alarm_adds_nothing_while_tasks_start()
    {
        var bench = new Bench(count: 10);
        bench.Service.IsInstant = false;
        var policy = bench.Put("out", AddTwo);

        Assert.Equal(12, bench.Alarm(policy, 100, 150));
        Assert.Equal(12, bench.After(60).Alarm(policy, 100, 150));
        bench.Service.RunningCount = 11;
        Assert.Equal(12, bench.After(60).Alarm(policy, 100, 150));
        bench.Service.RunningCount = 12;
        Assert.Equal(14, bench.After(1).After(10).Alarm(policy, 100, 150));
    }

    [Fact]
    public void The_cooldown_begins_when_the_tasks_run()
    {
        var bench = new Bench(count: 10);
        bench.Service.IsInstant = false;
        var policy = bench.Put("out", AddTwo);

        bench.Alarm(policy, 100, 150);
        Assert.Equal(ActivityStatus.InProgress, bench.Last.Status);
        bench.After(34).Service.RunningCount = 12;
        bench.After(0);
        Assert.Equal((ActivityStatus.Successful, bench.Now), (bench.Last.Status, bench.Last.EndTime!.Value));
        Assert.Equal(12, bench.After(9.9).Alarm(policy, 100, 150));
        Assert.Equal(14, bench.After(0.2).Alarm(policy, 100, 150));
    }

    [Fact]
    public void Of_policies_that_act_at_once_the_largest_capacity_wins_and_the_others_are_logged()
    {
        var bench = new Bench(count: 10);
        var small = bench.Put("small", AddTwo);
        var large = bench.Put("large", Bench.Steps(AdjustmentType.PercentChangeInCapacity, 10, (0, null, 50)));
        var scaleIn = bench.Put("in", RemoveOne);

        bench.Engine.Act(bench.Now, new AlarmSignal(scaleIn.Arn, "c", 10, [5]), new AlarmSignal(small.Arn, "a", 100, [150]), new AlarmSignal(large.Arn, "b", 100, [150]));

        Assert.Equal(15, bench.Service.DesiredCount);
        Assert.Equal(3, bench.Engine.Activities(Bench.Id).Count());
        Assert.Single(bench.Engine.Activities(Bench.Id, includeNotScaled: false), activity => activity.PolicyArn == large.Arn);
    }

    [Fact]
    public void Scale_in_is_off_during_a_deployment_and_scale_out_is_not()
    {
        var bench = new Bench(count: 10);
        bench.Service.IsDeploying = true;
        var scaleIn = bench.Put("in", RemoveOne);

        Assert.Equal(10, bench.Alarm(scaleIn, 10, 5));
        Assert.Equal(NotScaledReason.Unscalable, bench.Last.NotScaledReasons.Single().Code);
        Assert.Equal(12, bench.Alarm(bench.Put("out", AddTwo), 100, 150));
    }

    [Fact]
    public void At_the_limits_the_reason_names_them()
    {
        var bench = new Bench(count: 10, minimum: 10, maximum: 11);
        var scaleOut = bench.Put("out", AddTwo);

        Assert.Equal(10, bench.Alarm(bench.Put("in", RemoveOne), 10, 5));
        Assert.Equal(new NotScaledReason(NotScaledReason.AlreadyAtMinCapacity, 10, null, 10), bench.Last.NotScaledReasons.Single());
        Assert.Equal(11, bench.Alarm(scaleOut, 100, 150));
        Assert.Equal(11, bench.After(60).Alarm(scaleOut, 100, 150));
        Assert.Equal(new NotScaledReason(NotScaledReason.AlreadyAtMaxCapacity, null, 11, 11), bench.Last.NotScaledReasons.Single());
    }

    [Fact]
    public void Suspended_scaling_does_nothing_and_says_so()
    {
        var bench = new Bench(count: 10);
        bench.Engine.RegisterTarget(bench.Now, Bench.Id, null, null, new SuspendedState(DynamicScalingIn: true, DynamicScalingOut: true));

        Assert.Equal(10, bench.Alarm(bench.Put("out", AddTwo), 100, 150));
        Assert.Equal(10, bench.Alarm(bench.Put("in", RemoveOne), 10, 5));
        Assert.All(bench.Engine.Activities(Bench.Id), activity => Assert.Equal(NotScaledReason.Suspended, activity.NotScaledReasons.Single().Code));
    }

    [Fact]
    public void A_new_minimum_acts_at_once_and_ignores_the_cooldown()
    {
        var bench = new Bench(count: 10);
        bench.Alarm(bench.Put("out", AddTwo), 100, 150);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "peak", Schedule.Parse("at(2026-11-23T12:00:05)"), 20, null);

        Assert.Equal(12, bench.After(4).Service.DesiredCount);
        Assert.Equal(20, bench.After(1).Service.DesiredCount);
        Assert.Contains("minimum capacity was set to 20", bench.Last.Cause, StringComparison.Ordinal);
        Assert.Contains("peak", bench.Last.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void The_aggregation_type_chooses_among_the_data_points_of_the_alarm()
    {
        var steps = Bench.Steps(AdjustmentType.ChangeInCapacity, 0, (0, 50, 1), (50, 100, 2), (100, null, 4));
        foreach (var (type, expected) in new[] { (MetricAggregationType.Minimum, 11), (MetricAggregationType.Average, 12), (MetricAggregationType.Maximum, 14) })
        {
            var bench = new Bench(count: 10);
            Assert.Equal(expected, bench.Alarm(bench.Put("out", steps with { MetricAggregationType = type }), 100, 110, 140, 230));
        }
    }

    [Fact]
    public void An_alarm_without_data_or_outside_of_every_step_changes_nothing_and_holds_nobody_back()
    {
        var bench = new Bench(count: 10);
        var scaleOut = bench.Put("out", AddTwo);
        var scaleIn = bench.Put("in", RemoveOne);

        bench.Alarm(scaleOut, 100);
        Assert.Equal(NotScaledReason.NoMetricValue, bench.Last.NotScaledReasons.Single().Code);
        bench.Alarm(scaleOut, 100, 50);
        Assert.Equal(NotScaledReason.NoStep, bench.Last.NotScaledReasons.Single().Code);
        bench.Engine.Act(bench.Now, new AlarmSignal(scaleOut.Arn, "a", 100, []), new AlarmSignal(scaleIn.Arn, "b", 10, [5]));
        Assert.Equal(9, bench.Service.DesiredCount);
    }

    [Fact]
    public void Target_tracking_scales_in_proportion_and_only_out_when_told_so()
    {
        var bench = new Bench(count: 10);
        var tracking = new TargetTrackingConfiguration { TargetValue = 50, PredefinedMetricType = "ECSServiceAverageCPUUtilization", DisableScaleIn = true };
        var policy = bench.Engine.PutPolicy(bench.Now, Bench.Id, "cpu", null, tracking);

        Assert.Equal(16, bench.Alarm(policy, 50, 70, 80, 76));
        Assert.Equal(16, bench.After(400).Alarm(policy, 45, 10));
        var alarm = Assert.Single(TargetTrackingAlarms.Of(policy));
        Assert.Equal(("AWS/ECS", "CPUUtilization", 60, 3, 50d), (alarm.Metric.Namespace, alarm.Metric.MetricName, alarm.PeriodSeconds, alarm.EvaluationPeriods, alarm.Threshold));
        var fast = bench.Engine.PutPolicy(bench.Now, Bench.Id, "cpu", null, tracking with { PredefinedMetricType = "ECSServiceAverageCPUUtilizationHighResolution", DisableScaleIn = false });
        Assert.Equal([(20, 3, 50d), (20, 45, 45d)], TargetTrackingAlarms.Of(fast).Select(each => (each.PeriodSeconds, each.EvaluationPeriods, each.Threshold)));
    }

    [Theory]
    [InlineData("at(2026-11-23T18:00:00)", null, "2026-11-23T18:00:00Z", null)]
    [InlineData("at(2026-11-23T18:00:00)", "Europe/Berlin", "2026-11-23T17:00:00Z", null)]
    [InlineData("rate(5 minutes)", null, "2026-11-23T12:05:00Z", "2026-11-23T12:10:00Z")]
    [InlineData("rate(1 day)", null, "2026-11-24T12:00:00Z", "2026-11-25T12:00:00Z")]
    [InlineData("cron(0 9 * * ? *)", null, "2026-11-24T09:00:00Z", "2026-11-25T09:00:00Z")]
    [InlineData("cron(30 8 ? * 2-6 *)", "America/New_York", "2026-11-23T13:30:00Z", "2026-11-24T13:30:00Z")]
    [InlineData("cron(0 0 ? * SUN *)", null, "2026-11-29T00:00:00Z", "2026-12-06T00:00:00Z")]
    [InlineData("cron(0 0 ? * 1 *)", null, "2026-11-29T00:00:00Z", "2026-12-06T00:00:00Z")]
    [InlineData("cron(0 0 L * ? *)", null, "2026-11-30T00:00:00Z", "2026-12-31T00:00:00Z")]
    [InlineData("cron(0 0 ? * 6#3 *)", null, "2026-12-18T00:00:00Z", "2027-01-15T00:00:00Z")]
    [InlineData("cron(0 12 1 1 ? 2028-2030)", null, "2028-01-01T12:00:00Z", "2029-01-01T12:00:00Z")]
    [InlineData("cron(0 12 1 1 ? 2020)", null, null, null)]
    public void Schedules_run_when_they_say(string text, string? zone, string? first, string? second)
    {
        var schedule = Schedule.Parse(text, zone);

        var next = schedule.NextAfter(Bench.Noon, Bench.Noon);
        Assert.Equal(Time(first), next);
        Assert.Equal(Time(second), next is { } time ? schedule.NextAfter(time, Bench.Noon) : null);

        static DateTimeOffset? Time(string? iso) => iso is null ? null : DateTimeOffset.Parse(iso, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("")]
    [InlineData("noon")]
    [InlineData("at(2026-11-23)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(5 weeks)")]
    [InlineData("cron(0 9 * * *)")]
    [InlineData("cron(0 9 * * 8 *)")]
    [InlineData("cron(61 9 * * ? *)")]
    [InlineData("cron(0 9 * * ? 1969)")]
    [InlineData("cron(0 9 * * ? 2026-)")]
    public void What_is_no_schedule_is_refused(string text) => Assert.Throws<FormatException>(() => Schedule.Parse(text));

    [Fact]
    public void An_unknown_time_zone_is_refused() => Assert.Throws<FormatException>(() => Schedule.Parse("rate(1 day)", "Mars/Olympus"));
}
