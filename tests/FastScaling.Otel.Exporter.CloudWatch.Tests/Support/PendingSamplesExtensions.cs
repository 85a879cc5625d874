using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Looks at what is pending.</summary>
internal static class PendingSamplesExtensions
{
    /// <summary>Takes the newest sample that was never sent, or null. It stays in flight, and so is not used again.</summary>
    public static Sample? TakeNewest(this PendingSamples pending) =>
        pending.TryTakeNewest(PendingPlace.Fresh, out var part) ? part.Sample : null;

    /// <summary>Whether all live data have been taken into a request.</summary>
    public static bool IsInFlight(this PendingSamples pending)
    {
        var isWaiting = pending.TryTakeNewest(PendingPlace.Fresh, out var part);
        if (isWaiting)
        {
            pending.PutBack(PendingPlace.Fresh, part);
        }

        return !isWaiting;
    }
}
