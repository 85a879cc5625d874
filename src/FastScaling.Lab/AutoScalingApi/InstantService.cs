using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>A service whose tasks start and stop at once.</summary>
internal sealed class InstantService : IScalableService
{
    public int RunningCount => DesiredCount;

    public int DesiredCount { get; private set; } = 1;

    public bool IsDeploying => false;

    public void SetDesiredCount(DateTimeOffset now, int desiredCount) => DesiredCount = desiredCount;
}
