namespace FastScaling.Lab.Scaling;

/// <summary>A target tracking policy's configuration, with the names of Application Auto Scaling.</summary>
internal sealed record TargetTrackingConfiguration
{
    public const int DefaultCooldown = 300;

    /// <summary>The value to keep the metric at.</summary>
    public required double TargetValue { get; init; }

    /// <summary>For example ECSServiceAverageCPUUtilization, or its high-resolution form. Null for a metric of the user's.</summary>
    public string? PredefinedMetricType { get; init; }

    /// <summary>The user's metric; null for a predefined one.</summary>
    public MetricSpecification? CustomizedMetric { get; init; }

    /// <summary>Seconds; null for 300, the default for ECS services.</summary>
    public int? ScaleOutCooldown { get; init; }

    /// <summary>Seconds; null for 300, the default for ECS services.</summary>
    public int? ScaleInCooldown { get; init; }

    /// <summary>Whether the policy only scales out.</summary>
    public bool DisableScaleIn { get; init; }

    public TimeSpan EffectiveScaleOutCooldown => TimeSpan.FromSeconds(ScaleOutCooldown ?? DefaultCooldown);

    public TimeSpan EffectiveScaleInCooldown => TimeSpan.FromSeconds(ScaleInCooldown ?? DefaultCooldown);
}
