using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>What a step leads to, from which base, and which of several policies wins.</summary>
public sealed class StepScalingTests
{
    [Theory]
    [InlineData(4, -25, 2, 2)]
    [InlineData(4, 25, 2, 6)]
    [InlineData(4, 100, 2, 8)]
    [InlineData(8, -25, 2, 6)]
    [InlineData(4, 0, 2, 4)]
    [InlineData(0, 50, null, 0)]
    [InlineData(0, 50, 3, 3)]
    [InlineData(1, -50, 3, 0)]
    [InlineData(100, 1, null, 101)]
    [InlineData(int.MaxValue, 100, null, int.MaxValue)]
    public void A_percentage_changes_by_at_least_the_minimum_magnitude(int capacity, int percent, int? magnitude, int expected)
    {
        var configuration = Bench.Steps(AdjustmentType.PercentChangeInCapacity, 0, (0, null, percent)) with { MinAdjustmentMagnitude = magnitude };

        Assert.Equal(expected, configuration.Apply(configuration.Steps[0], capacity));
    }

    [Theory]
    [InlineData(nameof(AdjustmentType.ChangeInCapacity), 10, 3, 13)]
    [InlineData(nameof(AdjustmentType.ChangeInCapacity), 10, -30, 0)]
    [InlineData(nameof(AdjustmentType.ChangeInCapacity), int.MaxValue, 1, int.MaxValue)]
    [InlineData(nameof(AdjustmentType.ExactCapacity), 10, 3, 3)]
    public void Tasks_are_added_or_set(string type, int capacity, int adjustment, int expected)
    {
        var configuration = Bench.Steps(Enum.Parse<AdjustmentType>(type), 0, (0, null, adjustment));

        Assert.Equal(expected, configuration.Apply(configuration.Steps[0], capacity));
    }

    [Theory]
    [InlineData(-10.0, false)]
    [InlineData(-9.9, true)]
    [InlineData(10.0, true)]
    [InlineData(10.1, false)]
    public void A_step_that_begins_below_the_threshold_has_its_upper_bound(double distance, bool isInside) =>
        Assert.Equal(isInside, new StepAdjustment(-10, 10, 1).Contains(distance));

    [Fact]
    public void Without_a_cooldown_of_its_own_a_policy_has_one_of_five_minutes()
    {
        var bench = new Bench(count: 10);
        var policy = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, null, (0, null, 1)));
        bench.Alarm(policy, 100, 150);

        Assert.Equal(11, bench.After(299).Alarm(policy, 100, 150));
        Assert.Equal(12, bench.After(1).Alarm(policy, 100, 150));
    }

    [Fact]
    public void An_exact_capacity_is_compared_with_what_is_desired_and_not_with_what_runs()
    {
        var bench = new Bench(count: 10);
        bench.Service.IsInstant = false;
        var policy = bench.Put("set", Bench.Steps(AdjustmentType.ExactCapacity, 10, (0, null, 15)));
        Assert.Equal(15, bench.Alarm(policy, 100, 150));

        Assert.Equal(15, bench.After(1).Alarm(policy, 100, 150));

        Assert.Equal(NotScaledReason.AlreadyAtDesiredCapacity, bench.Last.NotScaledReasons.Single().Code);
        Assert.Equal(15, bench.Last.NotScaledReasons.Single().CurrentCapacity);
    }

    [Fact]
    public void While_tasks_start_a_larger_step_counts_from_where_the_smaller_one_began()
    {
        var bench = new Bench(count: 10);
        bench.Service.IsInstant = false;
        var policy = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, 50, 2), (50, null, 5)));
        Assert.Equal(12, bench.Alarm(policy, 100, 110));
        bench.Service.RunningCount = 11;

        Assert.Equal(15, bench.After(1).Alarm(policy, 100, 150));

        // Five were added by then, of which none runs yet.
        bench.Service.RunningCount = 10;
        Assert.Equal(15, bench.After(1).Alarm(policy, 100, 150));
        Assert.Equal(NotScaledReason.Cooldown, bench.Last.NotScaledReasons.Single().Code);
    }

    [Fact]
    public void The_base_of_a_larger_step_is_never_below_zero()
    {
        var bench = new Bench(count: 1);
        var policy = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, 50, 2), (50, null, 5)));
        Assert.Equal(3, bench.Alarm(policy, 100, 110));
        bench.Service.RunningCount = 1;

        Assert.Equal(5, bench.After(1).Alarm(policy, 100, 150));
    }

    [Fact]
    public void A_policy_that_wants_more_in_vain_holds_back_those_that_want_less()
    {
        var bench = new Bench(count: 10);
        var scaleOut = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 2)));
        var scaleIn = bench.Put("in", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (null, 0, -1)));
        bench.Alarm(scaleOut, 100, 150);

        bench.Engine.Act(bench.After(1).Now, new AlarmSignal(scaleIn.Arn, "a", 100, [50]), new AlarmSignal(scaleOut.Arn, "b", 100, [150]));

        Assert.Equal(12, bench.Service.DesiredCount);
        Assert.Equal(
            [NotScaledReason.AlreadyAtDesiredCapacity, NotScaledReason.Cooldown],
            bench.Engine.Activities(Bench.Id).Take(2).Reverse().Select(activity => activity.NotScaledReasons.Single().Code).Order());
        Assert.All(bench.Engine.Activities(Bench.Id).Take(2), activity => Assert.Equal(12, activity.NotScaledReasons.Single().CurrentCapacity));
    }

    [Fact]
    public void In_its_cooldown_a_smaller_step_holds_on_to_what_the_larger_one_reached()
    {
        var bench = new Bench(count: 10);
        var scaleOut = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, 50, 1), (50, null, 2)));
        var scaleIn = bench.Put("in", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (null, 0, -1)));
        Assert.Equal(12, bench.Alarm(scaleOut, 100, 150));

        bench.Engine.Act(bench.After(1).Now, new AlarmSignal(scaleIn.Arn, "a", 100, [50]), new AlarmSignal(scaleOut.Arn, "b", 100, [110]));

        Assert.Equal(12, bench.Service.DesiredCount);
    }

    [Fact]
    public void What_another_policy_has_asked_for_already_is_not_asked_for_again()
    {
        var bench = new Bench(count: 10);
        bench.Service.IsInstant = false;
        bench.Alarm(bench.Put("large", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 5))), 100, 150);

        Assert.Equal(15, bench.After(1).Alarm(bench.Put("small", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 2))), 100, 150));

        Assert.Equal(new NotScaledReason(NotScaledReason.AlreadyAtDesiredCapacity, CurrentCapacity: 15), bench.Last.NotScaledReasons.Single());
    }

    [Fact]
    public void A_cooldown_that_has_begun_does_not_begin_again_with_the_activity_of_another_policy()
    {
        var bench = new Bench(count: 10);
        var first = bench.Put("first", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 1)));
        bench.Alarm(first, 100, 150);

        Assert.Equal(13, bench.After(30).Alarm(bench.Put("second", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 2))), 100, 150));

        Assert.Equal(14, bench.After(30).Alarm(first, 100, 150));
    }

    [Fact]
    public void Of_policies_that_want_the_same_the_first_acts()
    {
        var bench = new Bench(count: 10);
        var first = bench.Put("b", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 2)));
        var second = bench.Put("a", Bench.Steps(AdjustmentType.ChangeInCapacity, 60, (0, null, 2)));

        bench.Engine.Act(bench.Now, new AlarmSignal(first.Arn, "x", 100, [150]), new AlarmSignal(second.Arn, "y", 100, [150]));

        Assert.Equal(first.Arn, Assert.Single(bench.Engine.Activities(includeNotScaled: false)).PolicyArn);
        Assert.Equal(12, bench.Service.DesiredCount);
    }

    [Fact]
    public void Suspending_one_way_leaves_the_other()
    {
        var bench = new Bench(count: 10);
        var scaleOut = bench.Put("out", Bench.Steps(AdjustmentType.ChangeInCapacity, 0, (0, null, 2)));
        var scaleIn = bench.Put("in", Bench.Steps(AdjustmentType.ChangeInCapacity, 0, (null, 0, -1)));

        bench.Engine.RegisterTarget(bench.Now, Bench.Id, null, null, new SuspendedState(DynamicScalingOut: true));
        Assert.Equal(10, bench.Alarm(scaleOut, 100, 150));
        Assert.Equal(new NotScaledReason(NotScaledReason.Suspended, CurrentCapacity: 10), bench.Last.NotScaledReasons.Single());
        Assert.Equal(9, bench.After(1).Alarm(scaleIn, 100, 50));
        bench.Engine.RegisterTarget(bench.Now, Bench.Id, null, null, new SuspendedState(DynamicScalingIn: true));
        Assert.Equal(9, bench.After(1).Alarm(scaleIn, 100, 50));
        Assert.Equal(new NotScaledReason(NotScaledReason.Suspended, CurrentCapacity: 9), bench.Last.NotScaledReasons.Single());
        Assert.Equal(11, bench.After(1).Alarm(scaleOut, 100, 150));
    }

    [Fact]
    public void A_step_of_nothing_is_already_where_it_wants_to_be()
    {
        var bench = new Bench(count: 10);

        bench.Alarm(bench.Put("none", Bench.Steps(AdjustmentType.ChangeInCapacity, 10, (0, null, 0))), 100, 150);

        Assert.Equal(new NotScaledReason(NotScaledReason.AlreadyAtDesiredCapacity, CurrentCapacity: 10), bench.Last.NotScaledReasons.Single());
    }

    [Theory]
    [InlineData("service/a/b", true)]
    [InlineData("service/a", false)]
    [InlineData("service/a/b/c", false)]
    [InlineData("cluster/a/b", false)]
    [InlineData("service//b", false)]
    [InlineData("service/a/", false)]
    public void A_resource_id_has_three_parts(string id, bool isValid) => Assert.Equal(isValid, ScalableTargetId.IsValid(id));
}
