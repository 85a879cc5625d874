using FastScaling.Lab.Service;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Traffic;

namespace FastScaling.DeploymentKit.Tests.Replay;

public class KitReplayTests
{
    [Fact]
    public void The_check_finds_nothing() => Assert.Empty(KitReplay.Check(KitReplay.Kit).Select(finding => finding.ToString()));

    [Theory]
    [InlineData("QuietExportInterval", "10")]
    [InlineData("QuietExportInterval", "30")]
    [InlineData("ExportInterval", "10")]
    [InlineData("MaxExtraCallsPerHour", "0")]
    [InlineData("LoadStatistic", "p75")]
    [InlineData("ScaleOnConnections", "true")]
    [InlineData("UseEndpoints", "true")]
    public void The_check_finds_nothing_with_other_parameters_either(string parameter, string value) =>
        Assert.Empty(KitReplay.Check(KitReplay.Kit, (parameter, value)).Select(finding => finding.ToString()));

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

    /// <summary>Twice the default of SlowDependencyMaxTasks, which is as far as the cap may be off; without it the fleet goes to 100.</summary>
    [Theory]
    [InlineData(2, 8)]
    [InlineData(10, 2)]
    [InlineData(10, 8)]
    [InlineData(20, 8)]
    public void A_slow_dependency_does_not_drive_the_fleet_to_its_maximum(int tasks, int latency) =>
        Assert.InRange(WithSlowDependency(tasks, latency, healthCheckWaits: false), tasks, 40);

    /// <summary>Busy tasks are replaced then, the others get their requests, and the rate, which is not capped, acts.</summary>
    [Theory]
    [InlineData(10, 8)]
    [InlineData(20, 8)]
    public void Nor_with_a_health_endpoint_that_waits_behind_the_work(int tasks, int latency) =>
        Assert.InRange(WithSlowDependency(tasks, latency, healthCheckWaits: true), tasks, 60);

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
        var day = TrafficGenerator.Generate(ProfileKind.Day, 86_400, rate: 150, factor: 4, seed: 1);

        var result = KitReplay.Run(KitReplay.Kit, 2, day.Requests);

        Assert.InRange(result.ReversalsInFiveMinutes, 0, 1);
        Assert.InRange(result.PeakDesired, 6, 40);
        Assert.Equal(2, result.LowestDesired);
    }

    private static int WithSlowDependency(int tasks, int latency, bool healthCheckWaits)
    {
        var result = KitReplay.Run(KitReplay.Kit, tasks, KitReplay.Surge(tasks, factor: 1, seconds: 1800), settings => settings with
        {
            Dependency = [new DependencyEpisode(KitReplay.SurgeAt, 1500, TimeSpan.FromSeconds(latency))],
            ServiceModel = settings.ServiceModel with { HealthCheckWaits = healthCheckWaits },
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{tasks} tasks, dependency {latency} s, health endpoint waits {healthCheckWaits}: most tasks {result.PeakDesired}");
        return result.PeakDesired;
    }
}
