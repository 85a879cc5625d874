namespace FastScaling.Lab.Live.Tasks;

/// <summary>Times of the fleet, shortened already.</summary>
internal sealed record FleetSettings
{
    /// <summary>From a new desired count to a running task, shortest and longest; every time between is equally likely.</summary>
    public required TimeSpan StartTimeMinimum { get; init; }

    public required TimeSpan StartTimeMaximum { get; init; }

    /// <summary>How long a task may end its requests.</summary>
    public required TimeSpan DrainTime { get; init; }

    /// <summary>How long it may take to stop; then it is killed. Default 10 s.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process may take to listen; then it is killed. Default 60 s.</summary>
    public TimeSpan LaunchTime { get; init; } = TimeSpan.FromSeconds(60);

    public required int MaxTasks { get; init; }

    public int Seed { get; init; } = 1;
}
