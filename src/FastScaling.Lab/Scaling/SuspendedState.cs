namespace FastScaling.Lab.Scaling;

/// <summary>What of a target is switched off.</summary>
internal sealed record SuspendedState(bool DynamicScalingIn = false, bool DynamicScalingOut = false, bool Scheduled = false)
{
    public static SuspendedState None { get; } = new();
}
