using FastScaling.Lab.Scaling;
using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>What a run gave.</summary>
internal sealed record SimulationResult
{
    public required int Seconds { get; init; }

    public required IReadOnlyList<SimulationEvent> Timeline { get; init; }

    /// <summary>A point for every second; empty when it was not asked for.</summary>
    public required IReadOnlyList<SimulationPoint> Series { get; init; }

    public required IReadOnlyList<SurgeResult> Surges { get; init; }

    public required ServiceTotals Totals { get; init; }

    /// <summary>The sum over all seconds of the requests that waited at its end: waiting time in request-seconds.</summary>
    public required double QueuedRequestSeconds { get; init; }

    /// <summary>Hours of tasks from their launch to their end: what is paid.</summary>
    public required double TaskHours { get; init; }

    /// <summary>Times at which the desired count turned from rising to falling or back.</summary>
    public required int Reversals { get; init; }

    /// <summary>The most of them within five minutes.</summary>
    public required int ReversalsInFiveMinutes { get; init; }

    public required int PeakDesired { get; init; }

    public required int LowestDesired { get; init; }

    public required int FinalDesired { get; init; }

    /// <summary>Tasks that were replaced because they failed health checks.</summary>
    public required int Replaced { get; init; }

    /// <summary>Calls of PutMetricData.</summary>
    public required long Calls { get; init; }

    /// <summary>Samples that were lost to an outage, in task-seconds.</summary>
    public required long DroppedSamples { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<ScalingActivity> Activities { get; init; }

    /// <summary>US dollars for the tasks.</summary>
    public required double TaskCost { get; init; }

    /// <summary>US dollars for the calls, without a free tier.</summary>
    public required double CallCost { get; init; }
}
