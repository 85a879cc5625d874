using FastScaling.Lab.Replay;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Live;

/// <summary>What a run of the live lab was asked for.</summary>
internal sealed record LabSettings
{
    public const int DefaultPort = 4580;

    /// <summary>Requests a second that a task of the lab can serve: six of them, with clients and load balancer, fit on two cores.</summary>
    public const double DefaultTaskCapacity = 40;

    /// <summary>Milliseconds that a request takes on an idle task.</summary>
    public const double DefaultServiceTime = 100;

    public const double DefaultStartFactor = 4;

    public const int DefaultMaxTasks = 6;

    public required ReplayVariant Variant { get; init; }

    public required TrafficProfile Traffic { get; init; }

    /// <summary>Times as AWS has them, before they are shortened.</summary>
    public ReplayAssumptions Assumptions { get; init; } = new() { TaskCapacity = DefaultTaskCapacity, ServiceTime = DefaultServiceTime };

    /// <summary>What start times and draining are divided by. Default 4. From 1 to 20.</summary>
    public double StartFactor { get; init; } = DefaultStartFactor;

    /// <summary>The most tasks, whatever the template says. Default 6. From 1 to 12.</summary>
    public int MaxTasks { get; init; } = DefaultMaxTasks;

    /// <summary>Of the page; null for none, 0 for any free one.</summary>
    public int? Port { get; init; } = DefaultPort;

    public int ServicePort { get; init; }

    public int CloudWatchPort { get; init; }

    /// <summary>How long the run lasts, in seconds; null until it is stopped.</summary>
    public int? Seconds { get; init; }
}
