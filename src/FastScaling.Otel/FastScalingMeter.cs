using System.Diagnostics.Metrics;
using FastScaling.Otel.ThreadPoolQueue;

namespace FastScaling.Otel;

/// <summary>
/// The meter for what the standard meters do not measure: the queue of the thread pool. ASP.NET Core stands still when
/// that queue grows, and <c>dotnet.thread_pool.queue.length</c> cannot be read with delta temporality on .NET 10,
/// where it is a counter (dotnet/runtime#126167).
/// </summary>
/// <remarks>
/// The thread pool belongs to the process, and so does this meter: there is one, it is never disposed, and it costs
/// nothing until a reader collects it.
/// </remarks>
public static class FastScalingMeter
{
    /// <summary>The name to pass to <c>AddMeter</c>: <c>FastScaling.Otel</c>.</summary>
    public const string Name = "FastScaling.Otel";

    /// <summary>
    /// Up-down counter in <c>{work_item}</c>: work items that wait for a thread of the pool.
    /// </summary>
    public const string ThreadPoolQueueLength = "fastscaling.thread_pool.queue.length";

    /// <summary>
    /// Gauge in <c>s</c>: how long a work item waits for a thread of the pool, measured by a probe that each
    /// collection leaves in the queue.
    /// </summary>
    public const string ThreadPoolQueueDelay = "fastscaling.thread_pool.queue.delay";

    // Static and for good: a Meter that is disposed with one of two hosts would fall silent for the other.
    private static readonly Meter Meter = new(new MeterOptions(Name) { Version = LibraryVersion.Of(typeof(FastScalingMeter).Assembly) });

    static FastScalingMeter()
    {
        Probe = new ThreadPoolProbe(TimeProvider.System);
        Meter.CreateObservableUpDownCounter(
            ThreadPoolQueueLength,
            static () => Probe.QueueLength,
            unit: "{work_item}",
            description: "Work items that wait for a thread of the thread pool.");
        Meter.CreateObservableGauge(
            ThreadPoolQueueDelay,
            static () => Probe.Observe().TotalSeconds,
            unit: "s",
            description: "How long a work item waits for a thread of the thread pool.");
    }

    internal static ThreadPoolProbe Probe { get; }
}
