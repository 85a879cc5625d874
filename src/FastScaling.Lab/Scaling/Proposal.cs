namespace FastScaling.Lab.Scaling;

/// <summary>What one policy wants.</summary>
/// <param name="Policy">Who wants it.</param>
/// <param name="Capacity">Within the limits of the target.</param>
/// <param name="Added">What counts as added by this activity, for its cooldown.</param>
/// <param name="Cause">For the log.</param>
/// <param name="Refusal">Why it comes to nothing; null when it would change the capacity.</param>
internal readonly record struct Proposal(ScalingPolicy Policy, int Capacity, int Added, string Cause, NotScaledReason? Refusal);
