namespace FastScaling.Lab.Scaling;

/// <summary>The alarms of a target tracking policy: three periods above the target scale out, fifteen below 90 % of it scale in.</summary>
internal static class TargetTrackingAlarms
{
    /// <summary>Periods above the target before it scales out: 3, as in the alarms that AWS makes.</summary>
    public const int HighPeriods = 3;

    /// <summary>Periods below before it scales in: 15.</summary>
    public const int LowPeriods = 15;

    /// <summary>
    /// Where scale-in begins, as a part of the target: 0.9, seen in the alarms that AWS makes. With a high-resolution metric the low alarm is taken
    /// to keep its 15 minutes: 45 periods of 20 s. AWS does not document either.
    /// </summary>
    public const double LowPart = 0.9;

    public static IReadOnlyList<AlarmSpecification> Of(ScalingPolicy policy)
    {
        var configuration = policy.TargetTracking!;
        var metric = Metric(policy.Target, configuration);
        var period = IsHighResolution(configuration) ? 20 : 60;
        var id = policy.Arn.Split(':')[6];
        var high = new AlarmSpecification(
            $"TargetTracking-{policy.Target.ResourceId}-AlarmHigh-{id}", metric, true, configuration.TargetValue, period, HighPeriods);
        if (configuration.DisableScaleIn)
        {
            return [high];
        }

        var low = new AlarmSpecification(
            $"TargetTracking-{policy.Target.ResourceId}-AlarmLow-{id}", metric, false, configuration.TargetValue * LowPart, period, LowPeriods * 60 / period);
        return [high, low];
    }

    public static bool IsHighResolution(TargetTrackingConfiguration configuration) =>
        configuration.PredefinedMetricType?.EndsWith("HighResolution", StringComparison.Ordinal) ?? false;

    /// <summary>The predefined metrics that are modelled, and the metric of ECS behind each.</summary>
    public static string? PredefinedMetricName(string type) => type switch
    {
        "ECSServiceAverageCPUUtilization" or "ECSServiceAverageCPUUtilizationHighResolution" => "CPUUtilization",
        "ECSServiceAverageMemoryUtilization" or "ECSServiceAverageMemoryUtilizationHighResolution" => "MemoryUtilization",
        _ => null,
    };

    private static MetricSpecification Metric(ScalableTargetId target, TargetTrackingConfiguration configuration)
    {
        if (configuration.CustomizedMetric is { } own)
        {
            return own;
        }

        return new MetricSpecification(
            "AWS/ECS",
            PredefinedMetricName(configuration.PredefinedMetricType!)!,
            [new("ClusterName", target.Cluster), new("ServiceName", target.Service)],
            "Average",
            "Percent");
    }
}
