using FastScaling.Demo.Load;

namespace FastScaling.Demo.Tests;

public sealed class LoadPlanTests
{
    private static readonly DemoOptions Minute = new();

    [Fact]
    public void The_default_minute_is_15_s_steady_30_s_surge_and_15_s_after()
    {
        var due = new LoadPlan(Minute).DueTimes(1).Select(time => time.TotalSeconds).ToList();

        Assert.InRange(due.Count(time => time < 15), 299, 301);
        Assert.InRange(due.Count(time => time is >= 15 and < 45), 4499, 4501);
        Assert.InRange(due.Count(time => time >= 45), 299, 301);
        Assert.All(due, time => Assert.InRange(time, 0, 60));
    }

    [Fact]
    public void Every_second_has_its_rate()
    {
        var plan = new LoadPlan(Minute);

        foreach (var second in plan.DueTimes(2).GroupBy(time => (int)time.TotalSeconds))
        {
            Assert.InRange(second.Count(), plan.RateAt(TimeSpan.FromSeconds(second.Key)) - 1, plan.RateAt(TimeSpan.FromSeconds(second.Key)) + 1);
        }
    }

    [Fact]
    public void Requests_are_due_in_order_at_uneven_distances_that_the_seed_decides()
    {
        var plan = new LoadPlan(Minute);
        var due = plan.DueTimes(3).ToList();
        var distances = due.Zip(due.Skip(1), (one, next) => (next - one).TotalSeconds).Take(200).ToList();

        Assert.Equal(due.Order(), due);
        Assert.Equal(due, plan.DueTimes(3));
        Assert.NotEqual(due, plan.DueTimes(4));
        Assert.All(distances, distance => Assert.InRange(distance, 0.024, 0.076));
        Assert.True(distances.Max() - distances.Min() > 0.02);
    }

    [Fact]
    public void Phases_change_at_their_times_and_the_end_is_not_a_new_beginning()
    {
        var plan = new LoadPlan(Minute);

        Assert.Equal(LoadPhase.Steady, plan.PhaseAt(TimeSpan.FromSeconds(14.9)));
        Assert.Equal(LoadPhase.Surge, plan.PhaseAt(TimeSpan.FromSeconds(15)));
        Assert.Equal(LoadPhase.After, plan.PhaseAt(TimeSpan.FromSeconds(45)));
        Assert.Equal(LoadPhase.After, plan.PhaseAt(TimeSpan.FromSeconds(61)));
        Assert.Null(plan.LastSurgeStart(TimeSpan.FromSeconds(14)));
        Assert.Equal(TimeSpan.FromSeconds(15), plan.LastSurgeStart(TimeSpan.FromSeconds(61)));
        Assert.Equal(TimeSpan.FromSeconds(45), plan.LastSurgeEnd(TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public void Serving_repeats_the_surge_for_ever()
    {
        var plan = new LoadPlan(Minute with { Serve = true });

        var tenth = plan.DueTimes(5).SkipWhile(time => time < TimeSpan.FromMinutes(9)).TakeWhile(time => time < TimeSpan.FromMinutes(10)).ToList();

        Assert.InRange(tenth.Count, 5099, 5101);
        Assert.Equal(LoadPhase.Steady, plan.PhaseAt(TimeSpan.FromSeconds(61)));
        Assert.Equal(TimeSpan.FromSeconds(15), plan.LastSurgeStart(TimeSpan.FromSeconds(70)));
        Assert.Equal(TimeSpan.FromSeconds(75), plan.LastSurgeStart(TimeSpan.FromSeconds(80)));
    }
}
