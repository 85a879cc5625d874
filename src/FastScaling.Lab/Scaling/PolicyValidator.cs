using System.Globalization;

namespace FastScaling.Lab.Scaling;

/// <summary>The rules of Application Auto Scaling for policies. Each breach is a <see cref="ScalingException"/> that says what is allowed.</summary>
internal static class PolicyValidator
{
    /// <summary>"20 step adjustments per policy", adjustable.</summary>
    public const int MaximumSteps = 20;

    public static void Validate(StepScalingConfiguration configuration)
    {
        var steps = configuration.Steps;
        Require(steps.Count > 0, "You must specify at least one step adjustment.");
        if (steps.Count > MaximumSteps)
        {
            throw ScalingException.LimitExceeded($"There are {steps.Count} step adjustments; a policy may have at most {MaximumSteps}.");
        }

        Require(configuration.Cooldown is null or >= 0, $"Cooldown is {configuration.Cooldown}; it must be 0 or more seconds.");
        var isPercent = configuration.AdjustmentType == AdjustmentType.PercentChangeInCapacity;
        Require(
            configuration.MinAdjustmentMagnitude is null || isPercent,
            $"MinAdjustmentMagnitude may only be used with PercentChangeInCapacity, not with {configuration.AdjustmentType}.");
        Require(
            configuration.MinAdjustmentMagnitude is null or > 0,
            $"MinAdjustmentMagnitude is {configuration.MinAdjustmentMagnitude}; it must be 1 or more.");
        foreach (var step in steps)
        {
            Require(
                configuration.AdjustmentType != AdjustmentType.ExactCapacity || step.ScalingAdjustment >= 0,
                $"ScalingAdjustment is {step.ScalingAdjustment}; with ExactCapacity it must not be negative.");
            Validate(step);
        }

        Continuous(steps);
    }

    public static void Validate(TargetTrackingConfiguration configuration)
    {
        Require(double.IsFinite(configuration.TargetValue) && configuration.TargetValue > 0, "TargetValue must be a number above 0.");
        Require(configuration.ScaleInCooldown is null or >= 0, "ScaleInCooldown must be 0 or more seconds.");
        Require(configuration.ScaleOutCooldown is null or >= 0, "ScaleOutCooldown must be 0 or more seconds.");
        Require(
            configuration.PredefinedMetricType is null != configuration.CustomizedMetric is null,
            "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be given.");
        Require(
            configuration.PredefinedMetricType is null || TargetTrackingAlarms.PredefinedMetricName(configuration.PredefinedMetricType) is not null,
            $"PredefinedMetricType '{configuration.PredefinedMetricType}' is not modelled: ECSServiceAverageCPUUtilization or ECSServiceAverageMemoryUtilization, or either with HighResolution at its end.");
    }

    private static void Validate(StepAdjustment step)
    {
        Require(
            step.LowerBound is not null || step.UpperBound is not null,
            "At least one of MetricIntervalLowerBound and MetricIntervalUpperBound must be given in a step adjustment.");
        Require(
            !(step.LowerBound >= step.UpperBound),
            $"MetricIntervalLowerBound {Text(step.LowerBound)} must be less than MetricIntervalUpperBound {Text(step.UpperBound)}.");
    }

    private static void Continuous(IReadOnlyList<StepAdjustment> steps)
    {
        var sorted = steps.OrderBy(static step => step.LowerBound ?? double.NegativeInfinity).ToArray();
        Require(steps.Count(static step => step.LowerBound is null) <= 1, "At most one step adjustment may have no MetricIntervalLowerBound.");
        Require(steps.Count(static step => step.UpperBound is null) <= 1, "At most one step adjustment may have no MetricIntervalUpperBound.");
        for (var i = 1; i < sorted.Length; i++)
        {
            var upper = sorted[i - 1].UpperBound ?? double.PositiveInfinity;
            var lower = sorted[i].LowerBound ?? double.NegativeInfinity;
            Require(upper <= lower, $"Step adjustment intervals must not overlap: one ends at {Text(upper)} and the next begins at {Text(lower)}.");
            Require(upper >= lower, $"Step adjustment intervals must not have a gap: one ends at {Text(upper)} and the next begins at {Text(lower)}.");
        }

        Require(
            !(sorted[0].LowerBound < 0),
            $"There is a step adjustment with the negative lower bound {Text(sorted[0].LowerBound)}, so one must have no MetricIntervalLowerBound.");
        Require(
            !(sorted[^1].UpperBound > 0),
            $"There is a step adjustment with the positive upper bound {Text(sorted[^1].UpperBound)}, so one must have no MetricIntervalUpperBound.");
    }

    private static string Text(double? bound) => (bound ?? double.NaN).ToString(CultureInfo.InvariantCulture);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw ScalingException.Validation(message);
        }
    }
}
