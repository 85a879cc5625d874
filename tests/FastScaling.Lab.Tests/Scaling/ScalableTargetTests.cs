using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>Targets, policies and scheduled actions as they are put, changed and deleted.</summary>
public sealed class ScalableTargetTests
{
    private static readonly ScalableTargetId Other = new("service/shop/worker");
    private static readonly StepScalingConfiguration AddTwo = Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, null, 2));
    private static readonly TargetTrackingConfiguration Tracking = new() { TargetValue = 50, PredefinedMetricType = "ECSServiceAverageCPUUtilization" };
    private static readonly Schedule Daily = Schedule.Parse("rate(1 day)");

    [Theory]
    [InlineData(null, 5, "MinCapacity is required")]
    [InlineData(1, null, "MaxCapacity is required")]
    [InlineData(6, 5, "Maximum capacity cannot be less than minimum capacity: MinCapacity is 6 and MaxCapacity 5.")]
    [InlineData(-1, 5, "MinCapacity -1 and MaxCapacity 5 must be 0 or more.")]
    [InlineData(-2, -1, "MinCapacity -2 and MaxCapacity -1 must be 0 or more.")]
    public void A_new_target_needs_both_limits_in_their_order(int? minimum, int? maximum, string reason)
    {
        var engine = new ScalingEngine(_ => new FakeService(1));

        Refuses("ValidationException", reason, () => engine.RegisterTarget(Bench.Noon, Other, minimum, maximum));

        Assert.Empty(engine.Targets);
    }

    [Fact]
    public void Limits_may_be_equal_and_zero()
    {
        var engine = new ScalingEngine(_ => new FakeService(0));

        engine.RegisterTarget(Bench.Noon, Other, 0, 0);

        Assert.Equal((0, 0), (engine.Targets.Single().MinCapacity, engine.Targets.Single().MaxCapacity));
    }

    [Fact]
    public void A_target_needs_a_service() =>
        Refuses("ValidationException", "ECS service doesn't exist: service/shop/worker", () => new Bench().Engine.RegisterTarget(Bench.Noon, Other, 1, 2));

    [Fact]
    public void What_is_not_given_of_a_known_target_stays()
    {
        var bench = new Bench(count: 10, minimum: 2, maximum: 20);
        var engine = bench.Engine;
        var first = engine.Targets.Single();
        Assert.Equal((SuspendedState.None, Bench.Noon), (first.Suspended, first.CreationTime));
        Assert.Contains("AWSServiceRoleForApplicationAutoScaling_ECSService", first.RoleArn, StringComparison.Ordinal);
        var suspended = new SuspendedState(Scheduled: true);

        Assert.Equal(first with { Suspended = suspended, RoleArn = "role" }, engine.RegisterTarget(bench.After(1).Now, Bench.Id, null, null, suspended, "role"));
        Assert.Equal(first with { Suspended = suspended, RoleArn = "role", MinCapacity = 3 }, engine.RegisterTarget(bench.Now, Bench.Id, 3, null));
        Assert.Equal(first with { Suspended = suspended, RoleArn = "role", MinCapacity = 3, MaxCapacity = 30 }, engine.RegisterTarget(bench.Now, Bench.Id, null, 30));
        Assert.Single(engine.Targets);
        Assert.Empty(engine.Activities());
    }

    [Fact]
    public void A_service_outside_of_new_limits_is_brought_within_them_at_once()
    {
        var bench = new Bench(count: 10);

        bench.Engine.RegisterTarget(bench.Now, Bench.Id, 12, null);
        Assert.Equal((12, 10, 12, "minimum capacity was set to 12"), (bench.Service.DesiredCount, bench.Last.From, bench.Last.To, bench.Last.Cause));
        bench.After(1).Engine.RegisterTarget(bench.Now, Bench.Id, 1, 8);
        Assert.Equal((8, "maximum capacity was set to 8", null), (bench.Service.DesiredCount, bench.Last.Cause, bench.Last.PolicyArn));
    }

    [Fact]
    public void A_target_takes_its_policies_and_scheduled_actions_with_it_and_no_others()
    {
        var (engine, service) = TwoTargets();
        var gone = engine.PutPolicy(Bench.Noon, Other, "out", AddTwo);
        var kept = engine.PutPolicy(Bench.Noon, Bench.Id, "out", AddTwo);
        engine.PutScheduledAction(Bench.Noon, Other, "a", Daily, 5, null);
        engine.PutScheduledAction(Bench.Noon, Bench.Id, "b", Daily, 5, null);

        Assert.Equal([gone], engine.DeregisterTarget(Other));

        Assert.Equal([kept], engine.Policies);
        Assert.Equal(Bench.Id, Assert.Single(engine.ScheduledActions).Target);
        Assert.Equal(Bench.Id, Assert.Single(engine.Targets).Id);
        engine.Act(Bench.Noon, new AlarmSignal(gone.Arn, "alarm", 100, [150]), new AlarmSignal("arn:unknown", "alarm", 100, [150]));
        engine.Advance(Bench.Noon.AddDays(2));
        Assert.Equal(10, service.DesiredCount);
        Refuses("ObjectNotFoundException", "No scalable target registered for service namespace: ecs, resource ID: service/shop/worker", () => engine.DeregisterTarget(Other));
        Refuses("ObjectNotFoundException", "No scalable target", () => engine.PutPolicy(Bench.Noon, Other, "out", AddTwo));
        Refuses("ObjectNotFoundException", "No scalable target", () => engine.PutScheduledAction(Bench.Noon, Other, "a", Daily, 1, 2));
    }

    [Fact]
    public void A_policy_that_is_put_again_keeps_its_arn_and_acts_as_it_is_now()
    {
        var bench = new Bench(count: 10);
        var first = bench.Put("out", AddTwo);
        Assert.Equal((Bench.Noon, "out", Bench.Id), (first.CreationTime, first.Name, first.Target));

        var second = bench.After(1).Engine.PutPolicy(bench.Now, Bench.Id, "out", Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, null, 7)), Tracking);

        Assert.Equal((first.Arn, first.CreationTime, null), (second.Arn, second.CreationTime, second.TargetTracking));
        Assert.Equal([second], bench.Engine.Policies);
        Assert.Equal(17, bench.Alarm(first, 100, 150));
    }

    [Fact]
    public void A_policy_has_a_configuration_and_keeps_its_type()
    {
        var bench = new Bench();
        bench.Put("step", AddTwo);
        bench.Engine.PutPolicy(bench.Now, Bench.Id, "tracking", null, Tracking);

        Refuses("ValidationException", "needs a configuration", () => bench.Engine.PutPolicy(bench.Now, Bench.Id, "new", null));
        Refuses("ValidationException", "The policy type of 'step' cannot be changed", () => bench.Engine.PutPolicy(bench.Now, Bench.Id, "step", null, Tracking));
        Refuses("ValidationException", "The policy type of 'tracking' cannot be changed", () => bench.Put("tracking", AddTwo));
        Refuses("ValidationException", "at least one step", () => bench.Put("bad", AddTwo with { Steps = [] }));
        Refuses("ValidationException", "TargetValue", () => bench.Engine.PutPolicy(bench.Now, Bench.Id, "bad", null, Tracking with { TargetValue = 0 }));
        bench.Engine.PutPolicy(bench.Now, Bench.Id, "tracking", null, Tracking with { TargetValue = 60 });
        Assert.Equal(2, bench.Engine.Policies.Count());
    }

    [Fact]
    public void A_target_has_at_most_fifty_policies()
    {
        var (engine, _) = TwoTargets();
        for (var i = 0; i < ScalingEngine.MaximumPolicies; i++)
        {
            engine.PutPolicy(Bench.Noon, Bench.Id, $"policy {i}", AddTwo);
        }

        Refuses("LimitExceededException", "at most 50 scaling policies", () => engine.PutPolicy(Bench.Noon, Bench.Id, "one more", AddTwo));
        engine.PutPolicy(Bench.Noon, Bench.Id, "policy 0", AddTwo);
        engine.PutPolicy(Bench.Noon, Other, "one more", AddTwo);
        engine.DeletePolicy(Bench.Id, "policy 0");
        engine.PutPolicy(Bench.Noon, Bench.Id, "one more", AddTwo);
        Assert.Equal(51, engine.Policies.Count());
    }

    [Fact]
    public void A_deleted_policy_acts_no_more()
    {
        var bench = new Bench(count: 10);
        var policy = bench.Put("out", AddTwo);

        Assert.Equal(policy, bench.Engine.DeletePolicy(Bench.Id, "out"));

        Assert.Equal(10, bench.Alarm(policy, 100, 150));
        Refuses("ObjectNotFoundException", "No scaling policy found for service namespace: ecs, resource ID: service/shop/web, scalable dimension: ecs:service:DesiredCount, policy name: out", () => bench.Engine.DeletePolicy(Bench.Id, "out"));
    }

    [Fact]
    public void What_is_not_given_of_a_known_scheduled_action_stays()
    {
        var bench = new Bench();
        var engine = bench.Engine;
        var (start, end) = (Bench.Noon.AddDays(1), Bench.Noon.AddDays(9));

        var first = engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, 2, 9, start, end);
        Assert.Equal(("a", Bench.Id, Daily, 2, 9, start, end, Bench.Noon), (first.Name, first.Target, first.Schedule, first.MinCapacity!.Value, first.MaxCapacity!.Value, first.StartTime!.Value, first.EndTime!.Value, first.CreationTime));
        Assert.Equal(first, engine.PutScheduledAction(Bench.Noon.AddHours(1), Bench.Id, "a", null, null, null));
        Assert.Equal(first with { MinCapacity = 3 }, engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", null, 3, null));
        Assert.Equal(first with { MinCapacity = 3, MaxCapacity = 8 }, engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", null, null, 8));
        var hourly = Schedule.Parse("rate(1 hour)");
        Assert.Equal(
            first with { MinCapacity = 3, MaxCapacity = 8, Schedule = hourly, StartTime = start.AddDays(1), EndTime = end.AddDays(1) },
            engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", hourly, null, null, start.AddDays(1), end.AddDays(1)));
        Assert.Single(engine.ScheduledActions);
    }

    [Fact]
    public void A_scheduled_action_must_make_sense()
    {
        var engine = new Bench().Engine;
        var start = Bench.Noon.AddDays(1);

        Refuses("ValidationException", "Schedule is required", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", null, 1, 2));
        Refuses("ValidationException", "must have MinCapacity, MaxCapacity, or both", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, null, null));
        Refuses("ValidationException", "Maximum capacity cannot be less", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, 3, 2));
        Refuses("ValidationException", "must be 0 or more", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, -1, null));
        Refuses("ValidationException", "must be 0 or more", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, null, -1));
        Refuses("ValidationException", "EndTime must be after StartTime", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, 1, 2, start, start));
        Assert.Empty(engine.ScheduledActions);
        engine.PutScheduledAction(Bench.Noon, Bench.Id, "a", Daily, 1, 1, start, start.AddTicks(1));
        Assert.Single(engine.ScheduledActions);
    }

    [Fact]
    public void A_target_has_at_most_two_hundred_scheduled_actions()
    {
        var (engine, _) = TwoTargets();
        for (var i = 0; i < ScheduledActionBook.Maximum; i++)
        {
            engine.PutScheduledAction(Bench.Noon, Bench.Id, $"action {i}", Daily, 1, null);
        }

        Refuses("LimitExceededException", "at most 200 scheduled actions", () => engine.PutScheduledAction(Bench.Noon, Bench.Id, "one more", Daily, 1, null));
        engine.PutScheduledAction(Bench.Noon, Bench.Id, "action 0", null, 2, null);
        engine.PutScheduledAction(Bench.Noon, Other, "one more", Daily, 1, null);
        engine.DeleteScheduledAction(Bench.Id, "action 0");
        engine.PutScheduledAction(Bench.Noon, Bench.Id, "one more", Daily, 1, null);
        Assert.Equal(201, engine.ScheduledActions.Count());
    }

    [Fact]
    public void A_deleted_scheduled_action_does_nothing()
    {
        var bench = new Bench(count: 10);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "a", Schedule.Parse("at(2026-11-23T12:00:05)"), 20, null);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "b", Schedule.Parse("at(2026-11-23T12:00:10)"), 15, null);

        bench.Engine.DeleteScheduledAction(Bench.Id, "a");

        Assert.Equal(10, bench.After(9).Service.DesiredCount);
        Assert.Equal(15, bench.After(1).Service.DesiredCount);
        Refuses("ObjectNotFoundException", "No scheduled action found for service namespace: ecs, resource ID: service/shop/web, scheduled action name: a", () => bench.Engine.DeleteScheduledAction(Bench.Id, "a"));
    }

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("c", "b", "a")]
    public void The_action_that_is_due_first_runs_first_whatever_else_is_scheduled(string soon, string late, string never)
    {
        var bench = new Bench(count: 10);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, never, Schedule.Parse("at(2026-11-23T11:00:00)"), 90, null);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, late, Schedule.Parse("at(2026-11-23T13:00:00)"), 30, null);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, soon, Schedule.Parse("at(2026-11-23T12:00:05)"), 20, null);

        Assert.Equal(20, bench.After(5).Service.DesiredCount);
        Assert.Equal(30, bench.After(3595).Service.DesiredCount);
    }

    [Fact]
    public void An_alarm_acts_on_what_is_due_by_then()
    {
        var bench = new Bench(count: 10);
        var policy = bench.Put("out", AddTwo);
        bench.Engine.PutScheduledAction(bench.Now, Bench.Id, "a", Schedule.Parse("at(2026-11-23T12:00:05)"), 20, null);

        bench.Engine.Act(Bench.Noon.AddSeconds(5), new AlarmSignal(policy.Arn, "alarm", 100, [150]));

        Assert.Equal(22, bench.Service.DesiredCount);
    }

    [Fact]
    public void The_service_of_a_known_target_is_not_looked_for_again()
    {
        var service = new FakeService(10);
        FakeService? found = service;
        var engine = new ScalingEngine(_ => found);
        engine.RegisterTarget(Bench.Noon, Other, 1, 20);
        found = null;

        engine.RegisterTarget(Bench.Noon, Other, 15, null);

        Assert.Equal(15, service.DesiredCount);
    }

    [Fact]
    public void ARNs_are_counted_and_name_region_and_account()
    {
        var arns = new ScalingArns("eu-central-1", "1");
        var engine = new ScalingEngine(_ => new FakeService(1), arns: arns);

        Assert.Equal("arn:aws:application-autoscaling:eu-central-1:1:scalable-target/000000015ca14a219000000000000000", engine.RegisterTarget(Bench.Noon, Other, 1, 2).Arn);
        Assert.Equal(
            "arn:aws:autoscaling:eu-central-1:1:scalingPolicy:00000002-5ca1-4a21-9000-000000000000:resource/ecs/service/shop/worker:policyName/out",
            engine.PutPolicy(Bench.Noon, Other, "out", AddTwo).Arn);
        Assert.Equal(
            "arn:aws:autoscaling:eu-central-1:1:scheduledAction:00000003-5ca1-4a21-9000-000000000000:resource/ecs/service/shop/worker:scheduledActionName/a",
            engine.PutScheduledAction(Bench.Noon, Other, "a", Daily, 1, 2).Arn);
        Assert.Equal("arn:aws:cloudwatch:eu-central-1:1:alarm:high", arns.Alarm("high"));
        Assert.Equal("arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/000000015ca14a219000000000000000", new ScalingArns().Target());
    }

    private static (ScalingEngine Engine, FakeService Service) TwoTargets()
    {
        var service = new FakeService(10) { IsInstant = true };
        var engine = new ScalingEngine(_ => service);
        engine.RegisterTarget(Bench.Noon, Bench.Id, 1, 100);
        engine.RegisterTarget(Bench.Noon, Other, 1, 100);
        return (engine, service);
    }

    private static void Refuses(string code, string reason, Action call)
    {
        var error = Assert.Throws<ScalingException>(call);
        Assert.Equal(code, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
