using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Traffic;

namespace FastScaling.DeploymentKit.Tests.Replay;

public class KitReplayTests
{
    [Fact]
    public void The_check_finds_nothing() => Assert.Empty(KitReplay.Check(KitReplay.Kit).Select(finding => finding.ToString()));

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(50)]
    public void A_fourfold_surge_is_overcome_and_sooner_than_with_a_single_alarm(int tasks)
    {
        var traffic = KitReplay.Surge(tasks, factor: 4, seconds: 1200);
        SimulationSettings AtTheSurge(SimulationSettings settings) => settings with { Surges = [KitReplay.SurgeAt] };

        var kit = KitReplay.Run(KitReplay.Kit, tasks, traffic, AtTheSurge);
        var seed = KitReplay.Run(KitReplay.Seed, tasks, traffic, AtTheSurge);

        var (ours, theirs) = (kit.Surges.Single(), seed.Surges.Single());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{tasks} tasks: detected {ours.Detected} s (single alarm {theirs.Detected} s), enough capacity {ours.EnoughCapacity} s ({theirs.EnoughCapacity} s), most tasks {kit.PeakDesired} ({seed.PeakDesired})");
        Assert.NotNull(ours.EnoughCapacity);
        Assert.InRange(ours.EnoughCapacity.Value, 0, 90);
        Assert.True(theirs.EnoughCapacity is null || ours.EnoughCapacity <= theirs.EnoughCapacity);
        Assert.InRange(kit.ReversalsInFiveMinutes, 0, 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void After_a_surge_the_fleet_comes_back_to_what_the_load_needs(int tasks)
    {
        var result = KitReplay.Run(KitReplay.Kit, tasks, KitReplay.Surge(tasks, factor: 4, seconds: 3600));

        // Scaling in ends where the busiest tenth is at half of the threshold: at a mean of about 42: a third more tasks than at the base.
        Assert.InRange(result.FinalDesired, 2, (int)Math.Ceiling(tasks * 1.4));
        Assert.InRange(result.ReversalsInFiveMinutes, 0, 1);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(10, 8)]
    [InlineData(20, 8)]
    public void A_slow_dependency_does_not_drive_the_fleet_to_its_maximum(int tasks, int latency)
    {
        var traffic = KitReplay.Surge(tasks, factor: 1, seconds: 1800);

        var result = KitReplay.Run(KitReplay.Kit, tasks, traffic, settings => settings with { Dependency = [new DependencyEpisode(KitReplay.SurgeAt, 1500, TimeSpan.FromSeconds(latency))] });

        // Twice the default of SlowDependencyMaxTasks, which is as far as it may be off.
        TestContext.Current.TestOutputHelper?.WriteLine($"{tasks} tasks, dependency {latency} s: most tasks {result.PeakDesired}");
        Assert.InRange(result.PeakDesired, tasks, 40);
    }

    [Fact]
    public void A_stalled_fleet_never_scales_in()
    {
        var traffic = KitReplay.Surge(10, factor: 1, seconds: 1500);

        var result = KitReplay.Run(KitReplay.Kit, 10, traffic, settings => settings with { Dependency = [new DependencyEpisode(KitReplay.SurgeAt, 1500, TimeSpan.FromMinutes(5))] });

        Assert.Equal(10, result.LowestDesired);
    }

    [Theory]
    [InlineData(false, "Average", "30")]
    [InlineData(true, "p75", "900")]
    public void A_surge_in_the_middle_of_a_deployment_raises_the_alarm(bool isBlueGreen, string statistic, string warmUp)
    {
        var kind = isBlueGreen ? DeploymentKind.BlueGreen : DeploymentKind.Rolling;
        var result = KitReplay.Run(
            KitReplay.Kit,
            10,
            KitReplay.Surge(10, factor: 4, seconds: 900),
            settings => settings with { Surges = [KitReplay.SurgeAt], Deployments = [new PlannedDeployment(KitReplay.SurgeAt - 40, kind)] },
            ("LoadStatistic", statistic),
            ("WarmUp", warmUp));

        Assert.NotNull(result.Surges.Single().Detected);
        Assert.InRange(result.Surges.Single().Detected!.Value, 0, 40);
    }

    [Fact]
    public void A_day_with_a_night_turns_round_at_most_once_in_five_minutes()
    {
        var day = TrafficGenerator.Generate(ProfileKind.Day, 86_400, rate: 500, factor: 4, seed: 1);

        var result = KitReplay.Run(KitReplay.Kit, 10, day.Requests);

        Assert.InRange(result.ReversalsInFiveMinutes, 0, 1);
        Assert.InRange(result.PeakDesired, 11, 100);
    }
}
