namespace FastScaling.Lab.Templates;

/// <summary>The configuration of step scaling of a policy.</summary>
/// <param name="Mark">Where it stands.</param>
/// <param name="AdjustmentType"><c>ChangeInCapacity</c>, <c>PercentChangeInCapacity</c> or <c>ExactCapacity</c>.</param>
/// <param name="Cooldown">Seconds, or null when not given: then it is 300.</param>
/// <param name="Aggregation"><c>Average</c>, <c>Minimum</c> or <c>Maximum</c>.</param>
/// <param name="MinMagnitude">The least change of a percentage, in tasks.</param>
/// <param name="Steps">The steps, as written.</param>
internal sealed record StepScaling(
    Mark Mark, string AdjustmentType, int? Cooldown, string Aggregation, int? MinMagnitude, IReadOnlyList<TemplateStep> Steps)
{
    /// <summary>Whether every step takes tasks away; of an exact capacity nothing can be said.</summary>
    public bool IsScaleIn => AdjustmentType != "ExactCapacity" && Steps.Count > 0 && Steps.All(step => step.Adjustment <= 0);

    /// <summary>Whether some step adds tasks.</summary>
    public bool IsScaleOut => AdjustmentType != "ExactCapacity" && Steps.Any(step => step.Adjustment > 0);
}
