namespace FastScaling.Lab.Templates;

/// <summary>Reads scaling policies.</summary>
internal static class PolicyReader
{
    private static readonly string[] AdjustmentTypes = ["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"];

    public static ScalingPolicyResource Read(string id, PropertyReader properties)
    {
        var step = properties.Child("StepScalingPolicyConfiguration");
        var tracking = properties.Child("TargetTrackingScalingPolicyConfiguration");
        return new ScalingPolicyResource(id, properties.Map)
        {
            Name = properties.Text("PolicyName") ?? $"{PseudoParameters.StackName}-{id}",
            PolicyType = properties.Text("PolicyType") ?? (tracking is null ? "StepScaling" : "TargetTrackingScaling"),
            TargetId = properties.Scalar("ScalingTargetId") is { References: [var target, ..] } ? target : null,
            ResourceId = properties.Text("ResourceId"),
            Step = step is null ? null : ReadStep(step.Value),
            Tracking = tracking is null ? null : ReadTracking(tracking.Value),
        };
    }

    private static StepScaling ReadStep(PropertyReader step)
    {
        var type = step.Scalar("AdjustmentType")
            ?? throw new TemplateException(step.Map.Mark, $"{step.Owner} has no AdjustmentType.");
        return new StepScaling(
            step.Map.Mark,
            AdjustmentTypes.Contains(type.Text, StringComparer.Ordinal)
                ? type.Text
                : throw new TemplateException(type.Mark, $"AdjustmentType of {step.Owner} cannot be '{type.Text}'; allowed is {string.Join(", ", AdjustmentTypes)}."),
            step.Integer("Cooldown"),
            step.Text("MetricAggregationType") ?? "Average",
            step.Integer("MinAdjustmentMagnitude"),
            [.. step.Maps("StepAdjustments").Select(one => new TemplateStep(
                one.Map.Mark,
                one.Number("MetricIntervalLowerBound"),
                one.Number("MetricIntervalUpperBound"),
                one.RequiredInteger("ScalingAdjustment")))]);
    }

    private static TargetTracking ReadTracking(PropertyReader tracking) => new(
        tracking.Map.Mark,
        tracking.RequiredNumber("TargetValue"),
        tracking.Child("PredefinedMetricSpecification")?.Text("PredefinedMetricType"),
        tracking.Boolean("DisableScaleIn") ?? false,
        tracking.Integer("ScaleInCooldown"),
        tracking.Integer("ScaleOutCooldown"));
}
