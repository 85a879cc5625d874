using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Tests.Scaling;

/// <summary>A service whose tasks start only when the test says so, unless it is told to start them at once.</summary>
internal sealed class FakeService : IScalableService
{
    public FakeService(int count)
    {
        RunningCount = count;
        DesiredCount = count;
    }

    public int RunningCount { get; set; }

    public int DesiredCount { get; private set; }

    public bool IsDeploying { get; set; }

    public bool IsInstant { get; set; }

    public void SetDesiredCount(DateTimeOffset now, int desiredCount)
    {
        DesiredCount = desiredCount;
        if (IsInstant)
        {
            RunningCount = desiredCount;
        }
    }
}
