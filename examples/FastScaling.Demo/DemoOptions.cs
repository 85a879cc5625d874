namespace FastScaling.Demo;

/// <summary>What the command line says.</summary>
internal sealed record DemoOptions
{
    public int Port { get; init; }

    public int CloudWatchPort { get; init; }

    public int Rate { get; init; } = 20;

    public int SurgeRate { get; init; } = 150;

    public TimeSpan SurgeAfter { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the load repeats until Ctrl-C.</summary>
    public bool Serve { get; init; }
}
