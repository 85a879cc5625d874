using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Simulation;

/// <summary>A policy of the simulated service; exactly one configuration is given.</summary>
internal sealed record PolicyDefinition(string Name, StepScalingConfiguration? Step, TargetTrackingConfiguration? TargetTracking = null)
{
    /// <summary>What an alarm names in its actions to mean the policy: the ARN is only known when the engine has made it.</summary>
    public static string ActionFor(string policyName) => "policy:" + policyName;
}
