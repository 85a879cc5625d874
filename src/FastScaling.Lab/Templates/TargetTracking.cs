namespace FastScaling.Lab.Templates;

/// <summary>The configuration of target tracking of a policy. Cooldowns are seconds.</summary>
internal sealed record TargetTracking(
    Mark Mark, double TargetValue, string? PredefinedMetric, bool DisableScaleIn, int? ScaleInCooldown, int? ScaleOutCooldown);
