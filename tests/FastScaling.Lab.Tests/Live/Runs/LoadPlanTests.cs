using CsCheck;
using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Tests.Live.Runs;

/// <summary>How much traffic the live lab sends, and when that is a surge.</summary>
public sealed class LoadPlanTests
{
    [Fact]
    public void The_surge_of_the_built_in_traffic_is_found_in_its_first_second_and_again_in_the_next_round()
    {
        var plan = new LoadPlan(LabTraffic.Surge(40, 3, 1), 1);
        var surges = Enumerable.Range(0, 600).Where(plan.IsSurge);
        Assert.Equal([LabTraffic.Calm, 240 + LabTraffic.Calm, 480 + LabTraffic.Calm], surges);
    }

    [Fact]
    public void Steady_traffic_has_no_surge()
    {
        Gen.Select(Gen.Int[5, 100], Gen.Int[0, 10_000]).Sample(
            (rate, seed) => Assert.DoesNotContain(Enumerable.Range(0, 300), new LoadPlan(TrafficGenerator.Generate(ProfileKind.Step, 300, rate, 1, seed), 1).IsSurge),
            iter: Depth.Of(5_000));
    }

    [Fact]
    public void Surge_now_multiplies_the_traffic_for_a_minute_and_is_no_second_surge()
    {
        var plan = new LoadPlan(new TrafficProfile("flat", [.. Enumerable.Repeat(10, 100)], []), 1);
        plan.Surge(20);
        Assert.All(Enumerable.Range(20, 60), second => Assert.Equal(30, plan.Requests(second)));
        Assert.Equal(10, plan.Requests(80));
        Assert.DoesNotContain(Enumerable.Range(20, 60), plan.IsSurge);
    }

    [Fact]
    public void Quantiles_are_those_of_the_nearest_rank()
    {
        var second = LoadSecond.Of(100, 2, 3, [.. Enumerable.Range(1, 100).Select(static value => (double)value).Reverse()], 500);
        Assert.Equal((50, 99, 50.5, 5), (second.Median, second.P99, second.Mean, second.Waited));
        Assert.Equal(default, LoadSecond.Of(0, 0, 0, [], 0));
    }
}
