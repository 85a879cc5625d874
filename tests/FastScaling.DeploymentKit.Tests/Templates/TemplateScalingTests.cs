using System.Text.Json.Nodes;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>The rules of scaling that the template must keep, whoever changes it.</summary>
public class TemplateScalingTests
{
    private static readonly Resolved Kit = Template.Kit.With();

    private static IEnumerable<(string Id, JsonObject Properties)> ScaleOutAlarms => Kit.OfType("AWS::CloudWatch::Alarm")
        .Where(alarm => alarm.Id is not ("ScaleInAlarm" or "WatchdogAlarm"));

    [Fact]
    public void Scaling_out_waits_for_one_period_of_ten_seconds() => Assert.All(ScaleOutAlarms, alarm =>
    {
        Assert.Equal(1, (double)alarm.Properties["EvaluationPeriods"]!);
        Assert.Equal("notBreaching", (string)alarm.Properties["TreatMissingData"]!);
        Assert.All(Stats(alarm.Properties), stat => Assert.Equal(10, (double)stat["Period"]!));
    });

    [Theory]
    [InlineData("Rate100", 100, 10, 1)]
    [InlineData("Rate150", 150, 25, 2)]
    [InlineData("Rate200", 200, 100, 4)]
    [InlineData("Rate400", 400, 300, 8)]
    public void Each_step_boundary_of_the_rate_has_an_alarm_and_a_policy_of_its_own(string name, double boundary, double percent, double minimum)
    {
        var alarm = Kit.Properties(name + "Alarm");
        var policy = Kit.Properties(name + "Policy")["StepScalingPolicyConfiguration"]!;

        Assert.Equal(boundary, (double)alarm["Threshold"]!);
        Assert.Equal(name + "Policy", (string)alarm["AlarmActions"]![0]!);
        Assert.Equal(percent, (double)policy["StepAdjustments"]![0]!["ScalingAdjustment"]!);
        Assert.Equal(minimum, (double)policy["MinAdjustmentMagnitude"]!);
        Assert.Equal(10, (double)policy["Cooldown"]!);
    }

    [Fact]
    public void No_two_alarms_share_a_policy_and_no_policy_is_without_an_alarm()
    {
        var all = Template.Kit.With(("ScaleOnConnections", "true"));
        var triggered = all.OfType("AWS::CloudWatch::Alarm").Where(alarm => alarm.Id != "WatchdogAlarm")
            .Select(alarm => (string)Assert.Single(alarm.Properties["AlarmActions"]!.AsArray())!);
        var steps = all.OfType("AWS::ApplicationAutoScaling::ScalingPolicy")
            .Where(policy => (string)policy.Properties["PolicyType"]! == "StepScaling").Select(policy => policy.Id);

        Assert.Equal(steps.Order(), triggered.Order());
    }

    [Fact]
    public void Every_step_reaches_from_the_threshold_on_without_an_end() => Assert.All(
        Kit.OfType("AWS::ApplicationAutoScaling::ScalingPolicy").Where(policy => (string)policy.Properties["PolicyType"]! == "StepScaling"),
        policy =>
        {
            var step = Assert.Single(policy.Properties["StepScalingPolicyConfiguration"]!["StepAdjustments"]!.AsArray())!;
            Assert.Equal(0, (double)step["MetricIntervalLowerBound"]!);
            Assert.Null(step["MetricIntervalUpperBound"]);
            Assert.Equal(policy.Id == "ScaleInPolicy", (double)step["ScalingAdjustment"]! < 0);
        });

    [Fact]
    public void What_a_slow_dependency_raises_is_capped_and_the_rate_is_not() => Assert.All(ScaleOutAlarms, alarm =>
    {
        var isCapped = Expression(alarm.Properties).Contains("samples < 5 * 20", StringComparison.Ordinal);
        Assert.Equal(alarm.Id is "ResponseTimeAlarm" or "Concurrency100Alarm" or "Concurrency200Alarm" or "QueueDelayAlarm", isCapped);
    });

    [Fact]
    public void Connections_do_not_scale_until_they_are_switched_on()
    {
        var on = Template.Kit.With(("ScaleOnConnections", "true"));

        Assert.Null(Kit.Properties("ConnectionsAlarm")["AlarmActions"]);
        Assert.DoesNotContain("ConnectionsPolicy", Kit.Resources.Select(resource => resource.Key));
        Assert.Equal("ConnectionsPolicy", (string)Assert.Single(on.Properties("ConnectionsAlarm")["AlarmActions"]!.AsArray())!);
        Assert.Contains("ConnectionsPolicy", on.Resources.Select(resource => resource.Key));
    }

    [Fact]
    public void Scaling_in_is_slow_asks_every_signal_and_never_acts_on_missing_data()
    {
        var alarm = Kit.Properties("ScaleInAlarm");

        Assert.Equal("notBreaching", (string)alarm["TreatMissingData"]!);
        Assert.Equal(30, (double)alarm["EvaluationPeriods"]!);
        Assert.Equal(30, (double)alarm["DatapointsToAlarm"]!);
        Assert.All(Stats(alarm), stat => Assert.Equal(10, (double)stat["Period"]!));
        Assert.Equal(
            "IF(100 * rate < 50 * 100 AND 100 * active < 50 * 50 AND 100 * delay < 50 * 200 AND FILL(time, 0) < 500, 1, 0)",
            Expression(alarm));
        Assert.Equal(30, (double)Kit.Properties("ScaleInPolicy")["StepScalingPolicyConfiguration"]!["Cooldown"]!);
    }

    [Fact]
    public void After_any_step_in_the_load_stays_below_the_threshold_for_steps_out()
    {
        // From n to n - 1 tasks each gets n / (n - 1) as much, the most from three to the smallest two.
        var percent = (double)Template.Kit.Parameters["ScaleInPercent"]!["MaxValue"]!;
        var smallest = (double)Template.Kit.Parameters["MinCapacity"]!["Default"]!;

        Assert.InRange(percent * (smallest + 1) / smallest, 0, 99.9);
    }

    [Fact]
    public void CPU_only_adds()
    {
        var policy = Kit.Properties("CpuPolicy")["TargetTrackingScalingPolicyConfiguration"]!;

        Assert.True((bool)policy["DisableScaleIn"]!);
        Assert.Equal("ECSServiceAverageCPUUtilization", (string)policy["PredefinedMetricSpecification"]!["PredefinedMetricType"]!);
    }

    [Fact]
    public void In_shadow_nothing_scales_and_everything_is_watched()
    {
        var shadow = Template.Kit.With(("EnableScaling", "false"));

        Assert.All((JsonObject)shadow.Properties("ScalableTarget")["SuspendedState"]!, state => Assert.True((bool)state.Value!));
        Assert.All((JsonObject)Kit.Properties("ScalableTarget")["SuspendedState"]!, state => Assert.False((bool)state.Value!));
        Assert.Equal(Kit.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Id), shadow.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Id));
    }

    [Fact]
    public void A_peak_ends_with_the_bounds_of_before()
    {
        var actions = Template.Kit.With(("PeakStart", "cron(45 8 ? * MON-FRI *)"), ("PeakEnd", "cron(0 18 ? * MON-FRI *)"))
            .Properties("ScalableTarget")["ScheduledActions"]!.AsArray();

        Assert.Equal(["peak-begins", "peak-ends"], actions.Select(action => (string)action!["ScheduledActionName"]!));
        Assert.Equal([10, 2], actions.Select(action => (double)action!["ScalableTargetAction"]!["MinCapacity"]!));
        Assert.Empty(Kit.Properties("ScalableTarget")["ScheduledActions"]!.AsArray());
    }

    [Fact]
    public void A_task_that_is_stopped_has_time_to_drain_and_to_send_its_last_samples()
    {
        var stopTimeout = (double)Template.Kit.Parameters["StopTimeout"]!["Default"]!;
        var drain = TimeSpan.FromSeconds(25);

        Assert.True(drain + new FastScaling.Otel.Exporter.CloudWatch.FastScalingCloudWatchExporterOptions().ShutdownTimeout < TimeSpan.FromSeconds(stopTimeout));
    }

    [Fact]
    public void A_busy_task_is_not_replaced_before_a_new_one_can_have_arrived()
    {
        // A new task needs at least 23 s (AWS, ECS high-resolution scaling: 109 s in all less 86 s to the trigger).
        var group = Kit.Properties("TargetGroup");

        Assert.True((double)group["UnhealthyThresholdCount"]! * (double)group["HealthCheckIntervalSeconds"]! > 23);
        Assert.True((double)group["HealthCheckTimeoutSeconds"]! < (double)group["HealthCheckIntervalSeconds"]!);
    }

    private static IEnumerable<JsonNode> Stats(JsonObject alarm) =>
        alarm["Metrics"]!.AsArray().Where(query => query!["MetricStat"] is not null).Select(query => query!["MetricStat"]!);

    private static string Expression(JsonObject alarm) =>
        (string)alarm["Metrics"]!.AsArray().Single(query => query!["Expression"] is not null)!["Expression"]!;
}
