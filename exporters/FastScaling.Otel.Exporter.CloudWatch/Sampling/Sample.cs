using System.Numerics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>The signals of one second (of one sample interval). Rented from a pool and filled again.</summary>
internal sealed class Sample
{
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
