namespace FastScaling.Lab.Replay;

/// <summary>What one run gave, in the numbers that a report shows. Times are seconds; null where there was none.</summary>
internal sealed record ReplaySummary
{
    public required int Surges { get; init; }

    /// <summary>Surges that some alarm answered.</summary>
    public required int Detected { get; init; }

    /// <summary>From the start of a surge to the first alarm that acts, over the detected surges.</summary>
    public required double? DetectionMedian { get; init; }

    public required double? DetectionWorst { get; init; }

    /// <summary>Surges that were more than the fleet could serve when they came.</summary>
    public required int Overloads { get; init; }

    /// <summary>From the start of a surge until the healthy tasks could serve it, over the overloads that were overcome.</summary>
    public required double? EnoughMedian { get; init; }

    public required double? EnoughWorst { get; init; }

    /// <summary>Overloads that ended only with the surge itself, or not at all.</summary>
    public required int NeverEnough { get; init; }

    /// <summary>What clients ask for, further tries of the same not counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Tries that timed out or failed: one request may be several of them, and be served in the end.</summary>
    public required long Lost { get; init; }

    /// <summary>Requests that were answered later than the latency goal.</summary>
    public required long OverGoal { get; init; }

    /// <summary>Waiting requests, summed over the seconds: request-seconds.</summary>
    public required double Queued { get; init; }

    public required double TaskHours { get; init; }

    public required int PeakTasks { get; init; }

    public required int FinalTasks { get; init; }

    /// <summary>Times that scaling turned round.</summary>
    public required int Reversals { get; init; }

    /// <summary>The most of them in five minutes.</summary>
    public required int ReversalsInFiveMinutes { get; init; }

    /// <summary>Tasks that were replaced because they failed health checks.</summary>
    public required int Replaced { get; init; }

    public required long Calls { get; init; }

    /// <summary>US dollars of the replayed time: tasks.</summary>
    public required double TaskCost { get; init; }

    /// <summary>US dollars of the replayed time: calls, metrics and alarms.</summary>
    public required double MetricCost { get; init; }
}
