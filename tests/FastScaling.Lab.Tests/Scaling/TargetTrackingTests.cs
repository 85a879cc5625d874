using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.Lab.Tests.Scaling;

public sealed class TargetTrackingTests
{
    private static readonly TargetTrackingConfiguration Cpu = new() { TargetValue = 50, PredefinedMetricType = "ECSServiceAverageCPUUtilization" };

    [Theory]
    [InlineData(10, 60, 12)]
    [InlineData(10, 50.1, 11)]
    [InlineData(10, 50, 10)]
    [InlineData(10, 49, 10)]
    [InlineData(10, 45, 9)]
    [InlineData(10, 20, 4)]
    [InlineData(10, -20, 0)]
    [InlineData(0, 60, 1)]
    [InlineData(10, 1e300, 100)]
    public void Capacity_is_in_proportion_to_the_metric_and_at_least_one_more_above_the_target(int count, double value, int expected)
    {
        var bench = new Bench(count, minimum: 0);

        Assert.Equal(expected, bench.Alarm(Put(bench, Cpu), 50, value));
    }

    [Fact]
    public void In_its_cooldown_a_policy_adds_only_when_it_would_add_more_than_it_has()
    {
        var bench = new Bench(count: 10);
        var policy = Put(bench, Cpu);
        Assert.Equal(12, bench.Alarm(policy, 50, 60));

        Assert.Equal(12, bench.After(299).Alarm(policy, 50, 58));
        Assert.Equal(NotScaledReason.Cooldown, bench.Last.NotScaledReasons.Single().Code);
        Assert.Equal(15, bench.Alarm(policy, 50, 60));
        Assert.Equal(16, bench.After(300).Alarm(policy, 50, 51));
    }

    [Fact]
    public void Both_ways_have_a_cooldown_of_their_own()
    {
        var bench = new Bench(count: 10);
        var policy = Put(bench, Cpu with { ScaleOutCooldown = 20, ScaleInCooldown = 40 });

        Assert.Equal(11, bench.Alarm(policy, 50, 51));
        Assert.Equal(11, bench.After(19).Alarm(policy, 50, 51));
        Assert.Equal(12, bench.After(1).Alarm(policy, 50, 51));
        Assert.Equal(11, bench.Alarm(policy, 50, 45));
        Assert.Equal(11, bench.After(39).Alarm(policy, 50, 45));
        Assert.Equal(10, bench.After(1).Alarm(policy, 50, 45));
    }

    [Fact]
    public void A_policy_that_only_scales_out_has_no_step_below_its_target()
    {
        var bench = new Bench(count: 10);

        Assert.Equal(10, bench.Alarm(Put(bench, Cpu with { DisableScaleIn = true }), 50, 5));

        Assert.Equal(NotScaledReason.NoStep, bench.Last.NotScaledReasons.Single().Code);
    }

    [Fact]
    public void The_alarms_of_a_policy_watch_the_service_on_both_sides_of_the_target()
    {
        var policy = Put(new Bench(), Cpu with { PredefinedMetricType = "ECSServiceAverageMemoryUtilization" });
        var id = policy.Arn.Split(':')[6];

        var alarms = TargetTrackingAlarms.Of(policy);

        Assert.Equal([$"TargetTracking-service/shop/web-AlarmHigh-{id}", $"TargetTracking-service/shop/web-AlarmLow-{id}"], alarms.Select(alarm => alarm.Name));
        Assert.Equal([(true, 50d, 60, 3), (false, 45d, 60, 15)], alarms.Select(alarm => (alarm.IsHigh, alarm.Threshold, alarm.PeriodSeconds, alarm.EvaluationPeriods)));
        Assert.All(alarms, alarm =>
        {
            Assert.Equal(("AWS/ECS", "MemoryUtilization", "Average", "Percent"), (alarm.Metric.Namespace, alarm.Metric.MetricName, alarm.Metric.Statistic, alarm.Metric.Unit));
            Assert.Equal([new("ClusterName", "shop"), new("ServiceName", "web")], alarm.Metric.Dimensions);
        });
    }

    [Theory]
    [InlineData("ECSServiceAverageCPUUtilization", "CPUUtilization", 60)]
    [InlineData("ECSServiceAverageCPUUtilizationHighResolution", "CPUUtilization", 20)]
    [InlineData("ECSServiceAverageMemoryUtilization", "MemoryUtilization", 60)]
    [InlineData("ECSServiceAverageMemoryUtilizationHighResolution", "MemoryUtilization", 20)]
    public void A_predefined_metric_has_a_name_and_a_period(string type, string name, int period)
    {
        var alarm = TargetTrackingAlarms.Of(Put(new Bench(), Cpu with { PredefinedMetricType = type }))[0];

        Assert.Equal((name, period), (alarm.Metric.MetricName, alarm.PeriodSeconds));
    }

    [Fact]
    public void A_metric_of_the_user_is_watched_as_it_is_named()
    {
        var own = new MetricSpecification("FastScaling", "ActiveRequests", [new("ServiceName", "web")], "Average", null);

        var alarm = TargetTrackingAlarms.Of(Put(new Bench(), Cpu with { PredefinedMetricType = null, CustomizedMetric = own }))[0];

        Assert.Same(own, alarm.Metric);
        Assert.Equal(60, alarm.PeriodSeconds);
        var definition = alarm.ToDefinition("arn");
        Assert.Equal(
            (alarm.Name, AlarmComparison.GreaterThanThreshold, 50d, 60, 3, 60, "FastScaling", "ActiveRequests"),
            (definition.Name, definition.Comparison, definition.Threshold, definition.Period, definition.EvaluationPeriods, definition.Source!.Period, definition.Source.Metric.Namespace, definition.Source.Metric.Name));
        Assert.Equal(["arn"], definition.AlarmActions);
        Assert.Equal(AlarmComparison.LessThanThreshold, (alarm with { IsHigh = false }).ToDefinition("arn").Comparison);
    }

    private static ScalingPolicy Put(Bench bench, TargetTrackingConfiguration configuration) =>
        bench.Engine.PutPolicy(bench.Now, Bench.Id, "tracking", null, configuration);
}
