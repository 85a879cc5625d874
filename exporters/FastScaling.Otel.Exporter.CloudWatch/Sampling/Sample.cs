using System.Numerics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>The signals of one second (of one sample interval). Rented from a pool and filled again.</summary>
internal sealed class Sample
{
    // Values and counts of 150 response times, 16 bytes each; the rest are objects and places in lists, generously.
    private const int MaxSignalBytes = (ValueDistribution.MaxValues * 16) + 672;

    /// <summary>The second that the sample belongs to, since the Unix epoch.</summary>
    public long Second { get; set; }

    /// <summary>The signals that have a value here.</summary>
    public ScalingSignals Signals { get; set; }

    public double RequestsPerSecond { get; set; }

    /// <summary>Seconds that requests took.</summary>
    public ValueDistribution ResponseTime { get; } = new();

    public double ActiveRequests { get; set; }

    public double ActiveConnections { get; set; }

    public double QueueLength { get; set; }

    /// <summary>Seconds.</summary>
    public double QueueDelay { get; set; }

    /// <summary>How many CloudWatch data the sample is: one a signal.</summary>
    public int DatumCount => BitOperations.PopCount((uint)Signals);

    /// <summary>An upper bound of the memory that the sample occupies, in bytes, with its place in the lists.</summary>
    public int Bytes => MaxSignalBytes;

    /// <summary>When the sample was added to what is pending, on the monotonic clock. Belongs to what is pending, as the next three.</summary>
    public TimeSpan AddedAt { get; set; }

    /// <summary>In how many parts the sample is on its way; 0 when all of them have ended.</summary>
    public int Parts { get; set; }

    /// <summary>What <see cref="Bytes"/> was when the sample was added.</summary>
    public int HeldBytes { get; set; }

    /// <summary>What <see cref="Bytes"/> was when the sample came into the pool.</summary>
    public int PooledBytes { get; set; }

    public double ValueOf(ScalingSignals signal) => signal switch
    {
        ScalingSignals.RequestsPerSecond => RequestsPerSecond,
        ScalingSignals.ActiveRequests => ActiveRequests,
        ScalingSignals.ActiveConnections => ActiveConnections,
        ScalingSignals.QueueLength => QueueLength,
        ScalingSignals.QueueDelay => QueueDelay,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal with a single value."),
    };
}
