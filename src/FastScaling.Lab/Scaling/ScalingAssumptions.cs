namespace FastScaling.Lab.Scaling;

/// <summary>What Application Auto Scaling does and AWS does not document: each with the default that is taken here and what else it could be.</summary>
internal sealed record ScalingAssumptions
{
    public static ScalingAssumptions Default { get; } = new();

    /// <summary>
    /// Whether the cooldown after a scale-out holds back the other policies of the target too. The guide speaks of "the scaling policy", so the
    /// default is <see langword="false"/>: only the one that acted. Range: either.
    /// </summary>
    public bool CooldownIsShared { get; init; }

    /// <summary>
    /// Whether scale-in waits for the cooldown of a scale-out. The guide speaks only of the scale-in cooldown, so the default is
    /// <see langword="false"/>, which is also the harsher case for a pair of policies that flap. Range: either.
    /// </summary>
    public bool ScaleInWaitsForScaleOutCooldown { get; init; }

    /// <summary>
    /// How long an activity waits to be fulfilled before it ends as Unfulfilled, and its cooldown begins all the same. Default 5 minutes; not
    /// documented. Range: 1 to 60 minutes.
    /// </summary>
    public TimeSpan FulfilmentTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many activities are kept for each target. Default 10,000 (AWS keeps six weeks). Range: 1 to a million.</summary>
    public int KeptActivities { get; init; } = 10_000;
}
