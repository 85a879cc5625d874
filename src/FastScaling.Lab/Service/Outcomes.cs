namespace FastScaling.Lab.Service;

/// <summary>What became of the requests of a second, by attempt, so that clients can try again.</summary>
internal sealed class Outcomes
{
    public long Served { get; set; }

    public long TimedOut { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Served, but slower than the goal. An expectation, so not always whole.</summary>
    public double OverGoal { get; set; }

    public int[] Unlucky { get; } = new int[Completions.Attempts];

    public void TimeOut(int attempt, int count)
    {
        TimedOut += count;
        Unlucky[attempt] += count;
    }

    public void Fail(int attempt, int count)
    {
        Failed += count;
        Unlucky[attempt] += count;
    }

    public void Clear()
    {
        (Served, TimedOut, Failed, OverGoal) = (0, 0, 0, 0);
        Array.Clear(Unlucky);
    }
}
