namespace FastScaling.Lab.Simulation;

/// <summary>CloudWatch accepts no data from one second to another, which is not included.</summary>
internal sealed record Outage(int FromSecond, int ToSecond)
{
    public bool Covers(int second) => second >= FromSecond && second < ToSecond;
}
