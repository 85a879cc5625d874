namespace FastScaling.Lab.Scaling;

/// <summary>One step of a policy. Its bounds are distances from the threshold of the alarm.</summary>
/// <param name="LowerBound">Null for minus infinity. At or above the threshold the bound itself belongs to the step, below it does not.</param>
/// <param name="UpperBound">Null for infinity. At or above the threshold the bound itself does not belong to the step, below it does.</param>
/// <param name="ScalingAdjustment">In the unit of the policy's adjustment type.</param>
internal sealed record StepAdjustment(double? LowerBound, double? UpperBound, int ScalingAdjustment)
{
    /// <summary>
    /// Whether a metric that is this far from the threshold falls into the step. "For breaching at or above the threshold the lower bound is
    /// inclusive and the upper exclusive; otherwise the lower exclusive and the upper inclusive": the side is that of the interval.
    /// </summary>
    public bool Contains(double distance)
    {
        var lower = LowerBound ?? double.NegativeInfinity;
        var upper = UpperBound ?? double.PositiveInfinity;
        var isAbove = lower >= 0;
        return isAbove ? distance >= lower && distance < upper : distance > lower && distance <= upper;
    }
}
