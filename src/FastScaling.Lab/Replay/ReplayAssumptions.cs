namespace FastScaling.Lab.Replay;

/// <summary>What a replay assumes of AWS and of the service; nothing in a template says it. Times are seconds.</summary>
internal sealed record ReplayAssumptions
{
    /// <summary>From a call until CloudWatch shows its data, shortest. AWS says "within seconds".</summary>
    public double IngestionDelayMinimum { get; init; } = 1;

    public double IngestionDelayMaximum { get; init; } = 4;

    /// <summary>From the desired count to a running task, shortest. Documented and reported: 23 to 57 s.</summary>
    public double StartTimeMinimum { get; init; } = 23;

    public double StartTimeMaximum { get; init; } = 57;

    /// <summary>Requests a second that one task can serve.</summary>
    public double TaskCapacity { get; init; } = 200;

    /// <summary>Milliseconds that a request takes on an idle task.</summary>
    public double ServiceTime { get; init; } = 50;

    /// <summary>Milliseconds that the service should keep to.</summary>
    public double LatencyGoal { get; init; } = 500;

    /// <summary>How long a client waits.</summary>
    public double ClientTimeout { get; init; } = 10;

    public int Seed { get; init; } = 1;

    /// <summary>The same at the favourable end of what is likely: data after 1 s, tasks after 23 to 30 s.</summary>
    public ReplayAssumptions ToFavourable() => this with
    {
        IngestionDelayMinimum = Math.Min(1, IngestionDelayMinimum),
        IngestionDelayMaximum = Math.Min(1, IngestionDelayMaximum),
        StartTimeMaximum = Math.Max(StartTimeMinimum, Math.Min(30, StartTimeMaximum)),
    };

    /// <summary>The same at the other end: data after 4 to 10 s, tasks after 57 to 90 s.</summary>
    public ReplayAssumptions ToUnfavourable() => this with
    {
        IngestionDelayMinimum = Math.Max(4, IngestionDelayMinimum),
        IngestionDelayMaximum = Math.Max(10, IngestionDelayMaximum),
        StartTimeMinimum = Math.Max(57, StartTimeMinimum),
        StartTimeMaximum = Math.Max(90, StartTimeMaximum),
    };
}
