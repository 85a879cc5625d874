using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// What the instruments said at one collection. One object, owned by the sampling thread and filled again and again.
/// </summary>
internal sealed class SignalReading
{
    /// <summary>The signals whose instruments exist in this process.</summary>
    public ScalingSignals Available { get; set; }

    /// <summary>Durations, in seconds, of the requests that ended since the last collection.</summary>
    public ValueDistribution Durations { get; } = new();

    /// <summary>Requests that ended since the last collection.</summary>
    public long EndedRequests { get; set; }

    /// <summary>How many of them ended with an error.</summary>
    public long FailedRequests { get; set; }

    public long ActiveRequests { get; set; }

    public long ActiveConnections { get; set; }

    /// <summary>Connections and requests that wait in Kestrel or in a rate limiter.</summary>
    public long QueuedRequests { get; set; }

    /// <summary>Work items that wait for a thread of the pool.</summary>
    public long QueuedWorkItems { get; set; }

    /// <summary>How long work waits for a thread of the pool, in seconds.</summary>
    public double QueueDelay { get; set; }

    public void Clear()
    {
        Durations.Clear();
        EndedRequests = 0;
        FailedRequests = 0;
        ActiveRequests = 0;
        ActiveConnections = 0;
        QueuedRequests = 0;
        QueuedWorkItems = 0;
        QueueDelay = 0;
    }
}
