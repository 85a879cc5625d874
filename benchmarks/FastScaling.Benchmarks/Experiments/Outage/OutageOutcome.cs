using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Experiments.Outage;

/// <summary>One outage from before to after.</summary>
/// <param name="Kind">What the endpoint did; <see cref="OutageKind.None"/> for the same time without an outage.</param>
/// <param name="Before">The service after a full garbage collection, at the last moment before.</param>
/// <param name="AtEnd">The same at the last moment of the outage.</param>
/// <param name="After">The same when it was current again, or the time for that was up.</param>
/// <param name="LatencyBefore">What requests to the service took before.</param>
/// <param name="LatencyDuring">What they took in the outage.</param>
/// <param name="CurrentAgainSeconds">From the return of the endpoint to the first call with a sample of the last two seconds; null for never.</param>
/// <param name="LostSeconds">Seconds of the outage that have no sample at the end.</param>
internal sealed record OutageOutcome(
    OutageKind Kind,
    double OutageSeconds,
    ServiceState Before,
    ServiceState AtEnd,
    ServiceState After,
    LatencySummary LatencyBefore,
    LatencySummary LatencyDuring,
    double? CurrentAgainSeconds,
    int LostSeconds)
{
    /// <summary>Data of calls that left and got no answer: they are not sent again, for CloudWatch might count them twice.</summary>
    public long Unknown => After.Data.GetValueOrDefault("Unknown");

    /// <summary>Data that were thrown away, whatever the reason.</summary>
    public long Dropped => After.Data.Where(static each => each.Key is not ("Accepted" or "Unknown")).Sum(static each => each.Value);
}
