using FastScaling.Lab.Live.Load;

namespace FastScaling.Lab.Live;

/// <summary>One second of the live lab, as the page gets it.</summary>
internal sealed record LabPoint
{
    public required int Second { get; init; }

    public required LoadSecond Load { get; init; }

    /// <summary>Requests in the load balancer and its tasks.</summary>
    public required int Concurrency { get; init; }

    public required int Wanted { get; init; }

    public required int Running { get; init; }

    public required int Healthy { get; init; }

    public required int Starting { get; init; }

    /// <summary>Requests a second that the healthy tasks can serve.</summary>
    public required double Capacity { get; init; }

    /// <summary>US dollars so far, at the prices of AWS: tasks, calls, metrics, alarms.</summary>
    public required double Cost { get; init; }

    /// <summary>State of each alarm, in the order of their names: OK, ALARM or INSUFFICIENT_DATA.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }

    /// <summary>CloudWatch in words.</summary>
    public required string CloudWatch { get; init; }

    public required bool IsCloudWatchBroken { get; init; }

    /// <summary>Whether the data are older than they should be, or some are missing.</summary>
    public required bool IsLate { get; init; }

    /// <summary>Requests that CloudWatch knows of, and that were passed on to tasks.</summary>
    public required long Received { get; init; }

    public required long Forwarded { get; init; }

    public required bool IsDependencySlow { get; init; }

    public required bool IsSurging { get; init; }
}
