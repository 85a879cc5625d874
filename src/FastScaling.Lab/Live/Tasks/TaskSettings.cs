namespace FastScaling.Lab.Live.Tasks;

/// <summary>What a task is told when it starts: the first line of its input, as JSON.</summary>
internal sealed record TaskSettings
{
    public required string ServiceName { get; init; }

    /// <summary>Mean time of a request without its dependency, in milliseconds. Waiting, as for a database: it burns no processor time.</summary>
    public required double ServiceMilliseconds { get; init; }

    /// <summary>Mean time of the dependency in good times, in milliseconds.</summary>
    public required double DependencyMilliseconds { get; init; }

    /// <summary>Requests that are worked on at the same time; the rest waits.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Options of the exporter by their configuration keys.</summary>
    public required IReadOnlyDictionary<string, string> Exporter { get; init; }
}
