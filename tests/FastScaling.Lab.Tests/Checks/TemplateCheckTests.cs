using FastScaling.Lab.Checks;
using FastScaling.Lab.Commands;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Tests.Templates;
using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Lab.Tests.Checks;

public class TemplateCheckTests
{
    /// <summary>What to change in the built-in template, which is clean, and the finding that must follow.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "metric-not-published", "MetricName: RequestsPerSecond\n      Unit", "MetricName: RequestPerSecond\n      Unit" },
        { "signal-switched-off", "FastScaling__CloudWatch__ExportInterval, Value: \"5\"", "FastScaling__CloudWatch__Signals, Value: \"ActiveRequests, QueueDelay, ResponseTime\"" },
        { "wrong-namespace", "FastScaling__CloudWatch__ExportInterval, Value: \"5\"", "FastScaling__CloudWatch__Namespace, Value: Other" },
        { "exporter-option", "ExportInterval, Value: \"5\"", "ExportInterval, Value: \"0\"" },
        { "wrong-unit", "Unit: Count/Second", "Unit: Count" },
        { "wrong-dimensions", "        - { Name: ClusterName, Value: !Ref Cluster }\n", "" },
        { "wrong-dimensions", "{ Name: ServiceName, Value: !GetAtt Service.Name }", "{ Name: ServiceName, Value: !Ref Service }" },
        { "period-not-allowed", "Period: 10\n", "Period: 15\n" },
        { "mixed-periods", "            Period: 10\n", "            Period: 20\n" },
        { "datapoints-to-alarm", "      EvaluationPeriods: 3\n", "      EvaluationPeriods: 3\n      DatapointsToAlarm: 4\n" },
        { "period-without-resolution", "ExportInterval, Value: \"5\"", "StorageResolution, Value: \"60\"" },
        { "export-slower-than-period", "ExportInterval, Value: \"5\"", "ExportInterval, Value: \"60\"" },
        { "slow-scale-out", "      Period: 10\n      EvaluationPeriods: 1\n", "      Period: 60\n      EvaluationPeriods: 3\n" },
        { "sum-of-rate", "Statistic: Average", "Statistic: Sum" },
        { "metric-math", "IF(rate > 10 AND", "IF(rate > 10 UND" },
        { "metric-math", "IF(rate > 10 AND", "IF(traffic > 10 AND" },
        { "steps-gap", "MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }", "MetricIntervalLowerBound: 50, ScalingAdjustment: 1 }" },
        { "steps-overlap", "- { MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }", "- { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 60, ScalingAdjustment: 1 }\n          - { MetricIntervalLowerBound: 50, ScalingAdjustment: 2 }" },
        { "step-never-fires", "- { MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }", "- { MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }\n          - { MetricIntervalLowerBound: -50, MetricIntervalUpperBound: 0, ScalingAdjustment: 1 }" },
        { "steps-open-end", "MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }", "MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 50, ScalingAdjustment: 1 }" },
        { "step-without-effect", "MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }", "MetricIntervalLowerBound: 0, ScalingAdjustment: 0 }" },
        { "no-steps", "        StepAdjustments:\n          - { MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }\n", "" },
        { "policy-shared-by-units", "- { MetricIntervalLowerBound: 0, ScalingAdjustment: 50 }", "- { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 50, ScalingAdjustment: 50 }\n          - { MetricIntervalLowerBound: 50, ScalingAdjustment: 100 }|OutForQueue]=>OutByHalf]" },
        { "cooldown-too-long", "        Cooldown: 10\n", "" },
        { "cooldown-too-short", "      PolicyName: in-by-one\n      PolicyType: StepScaling\n      ScalingTargetId: !Ref Target\n      StepScalingPolicyConfiguration:\n        AdjustmentType: ChangeInCapacity\n        Cooldown: 30", "      PolicyName: in-by-one\n      PolicyType: StepScaling\n      ScalingTargetId: !Ref Target\n      StepScalingPolicyConfiguration:\n        AdjustmentType: ChangeInCapacity\n        Cooldown: 5" },
        { "missing-data-scales-out", "TreatMissingData: notBreaching\n      AlarmActions: [!Ref OutByOne]", "TreatMissingData: breaching\n      AlarmActions: [!Ref OutByOne]" },
        { "missing-data-scales-in", "TreatMissingData: notBreaching\n      AlarmActions: [!Ref InByOne]", "TreatMissingData: breaching\n      AlarmActions: [!Ref InByOne]" },
        { "missing-data-keeps-state", "TreatMissingData: notBreaching\n      AlarmActions: [!Ref OutByOne]", "TreatMissingData: ignore\n      AlarmActions: [!Ref OutByOne]" },
        { "action-of-wrong-state", "AlarmActions: [!Ref OutByOne]", "AlarmActions: [!Ref OutByOne]\n      OKActions: [!Ref InByOne]" },
        { "scale-in-when-stalled", " AND active < ${ActiveRequestsLow}", "" },
        { "scale-in-when-silent", "IF(rate < ${RequestsPerTaskLow} AND active < ${ActiveRequestsLow} AND", "IF(FILL(rate, 0) < ${RequestsPerTaskLow} AND FILL(active, 0) < ${ActiveRequestsLow} AND| delay < 100=> FILL(delay, 0) < 100" },
        { "scale-in-too-quick", "EvaluationPeriods: 30", "EvaluationPeriods: 2" },
        { "scale-in-clears-late", "            Period: 10\n            Unit: Count/Second\n        - Id: active\n", "            Period: 60\n            Unit: Count/Second\n        - Id: active\n|last" },
        { "thresholds-flap", "RequestsPerTaskLow: { Type: Number, Default: 45", "RequestsPerTaskLow: { Type: Number, Default: 80" },
        { "capacity-bounds", "MaxTasks: { Type: Number, Default: 100", "MaxTasks: { Type: Number, Default: 2" },
        { "conflicting-policies", "AlarmActions: [!Ref OutByOne]", "AlarmActions: [!Ref OutByOne, !Ref InByOne]" },
        { "conflicting-policies", "AlarmName: my-service-surge-high", "AlarmName: my-service-surge" },
        { "policy-never-called", "AlarmActions: [!Ref OutForQueue]", "AlarmActions: []" },
        { "policy-without-target", "ScalingTargetId: !Ref Target", "ScalingTargetId: other" },
        { "scaling-suspended", "      MaxCapacity: !Ref MaxTasks\n", "      MaxCapacity: !Ref MaxTasks\n      SuspendedState: { DynamicScalingOutSuspended: true }\n" },
        { "actions-disabled", "AlarmName: my-service-surge\n", "AlarmName: my-service-surge\n      ActionsEnabled: false\n" },
        { "missing-permission", "Action: cloudwatch:PutMetricData", "Action: cloudwatch:GetMetricData" },
        { "missing-permission", "\"cloudwatch:namespace\": !FindInMap [Exporter, Metrics, Namespace]", "\"cloudwatch:namespace\": Other" },
        { "missing-permission", "      TaskRoleArn: !GetAtt TaskRole.Arn\n", "" },
        { "health-check-gives-up", "UnhealthyThresholdCount: 5", "UnhealthyThresholdCount: 2" },
        { "health-check-slow", "HealthCheckIntervalSeconds: 5", "HealthCheckIntervalSeconds: 30" },
        { "health-check-timeout", "HealthCheckTimeoutSeconds: 4", "HealthCheckTimeoutSeconds: 5" },
    };

    [Fact]
    public void The_template_whose_faults_are_found_has_none_itself() => Assert.Empty(Check(TemplateText.Plain));

    [Fact]
    public void The_template_that_ships_with_the_tool_is_the_kits_and_clean()
    {
        var text = TemplateFiles.Text(TemplateFiles.BuiltIn).Text;

        Assert.Contains("SlowDependencyMaxTasks", text, StringComparison.Ordinal);
        Assert.Empty(Check(text));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found(string id, string old, string replacement)
    {
        var text = TemplateText.Plain;
        Assert.Contains(old, text, StringComparison.Ordinal);
        text = Change(text, old, replacement);

        var finding = Check(text).FirstOrDefault(finding => finding.Id == id);

        Assert.True(finding is not null, string.Join(Environment.NewLine, Check(text).Select(one => one.Id)));
        Assert.All([finding.What, finding.Why, finding.Remedy], sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.True(finding.Mark is { Line: > 1 });
    }

    [Fact]
    public void Steps_that_hang_on_one_alarm_are_mentioned_but_fail_nothing()
    {
        var finding = Check(TemplateFiles.Text("seed").Text).Single(finding => finding.Id == "one-alarm-for-steps");

        Assert.Equal(Severity.Info, finding.Severity);
    }

    [Fact]
    public void A_target_tracking_policy_that_may_scale_in_beside_steps_conflicts()
    {
        const string Tracking =
            """

              Tracking:
                Type: AWS::ApplicationAutoScaling::ScalingPolicy
                Properties:
                  PolicyName: cpu
                  PolicyType: TargetTrackingScaling
                  ScalingTargetId: !Ref Target
                  TargetTrackingScalingPolicyConfiguration:
                    TargetValue: 70
                    DisableScaleIn: false
                    PredefinedMetricSpecification: { PredefinedMetricType: ECSServiceAverageCPUUtilization }
            """;

        Assert.Contains(Check(TemplateText.Plain + Tracking), finding => finding.Id == "conflicting-policies");
        Assert.Empty(Check(TemplateText.Plain + Tracking.Replace("DisableScaleIn: false", "DisableScaleIn: true", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_metric_of_another_publisher_that_drives_scaling_is_a_warning()
    {
        var text = TemplateText.Plain.Replace("      MetricName: QueueDelay\n      Unit: Milliseconds", "      MetricName: Backlog", StringComparison.Ordinal)
            .Replace("AlarmName: my-service-queue-delay\n      Namespace: !FindInMap [Exporter, Metrics, Namespace]", "AlarmName: my-service-queue-delay\n      Namespace: Mine", StringComparison.Ordinal);

        Assert.Contains(Check(text), finding => finding is { Id: "wrong-namespace", Severity: Severity.Warning });
    }

    [Fact]
    public void Every_published_metric_has_a_unit_that_the_check_takes_from_the_exporter()
    {
        // Those that are published unless an option says otherwise.
        var published = SignalMetric.All.Where(metric => ScalingSignals.All.HasFlag(metric.Signal)).ToArray();

        Assert.True(published.Length >= 6);
        Assert.All(published, metric => Assert.Equal(metric.Unit, PublishedMetrics.Of(null).UnitOf(metric.Name)));
    }

    private static IReadOnlyList<Finding> Check(string text) => TemplateChecker.Check(TemplateReader.Read(text, "t.yaml"));

    // "|from=>to" changes more; "|last" changes the last occurrence in place of the first.
    private static string Change(string text, string old, string replacement)
    {
        var parts = replacement.Split('|');
        var at = parts is [_, "last"] ? text.LastIndexOf(old, StringComparison.Ordinal) : text.IndexOf(old, StringComparison.Ordinal);
        text = text[..at] + parts[0] + text[(at + old.Length)..];
        return parts is [_, var more] && more.Contains("=>", StringComparison.Ordinal)
            ? text.Replace(more.Split("=>")[0], more.Split("=>")[1], StringComparison.Ordinal)
            : text;
    }
}
