using System.Numerics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// Data of one second (of one sample interval) that stay together: signals, data of other series, or both. At most as
/// many as fit into one request. Rented from a pool and filled again.
/// </summary>
internal sealed class Sample
{
    // The object itself with its fields, empty buffers and places in lists, generously.
    private const int EmptyBytes = 512;

    /// <summary>The second that the sample belongs to, since the Unix epoch.</summary>
    public long Second { get; set; }

    /// <summary>The signals that have a value here.</summary>
    public ScalingSignals Signals { get; set; }

    /// <summary>Whether the signals are those of this task alone, published with its id as a further dimension.</summary>
    public bool IsPerTask { get; set; }

    public double RequestsPerSecond { get; set; }

    public double FailedRequestsPerSecond { get; set; }

    /// <summary>Seconds that requests took.</summary>
    public ValueDistribution ResponseTime { get; } = new();

    public double ActiveRequests { get; set; }

    public double ActiveConnections { get; set; }

    public double QueueLength { get; set; }

    /// <summary>Seconds.</summary>
    public double QueueDelay { get; set; }

    /// <summary>Data of series that are no built-in signals.</summary>
    public SeriesData Others { get; } = new();

    /// <summary>How many CloudWatch data the sample is: one a signal, and the others. At most 1000.</summary>
    public int DatumCount => SignalCount + Others.Count;

    /// <summary>How many of the data are signals. They come first.</summary>
    public int SignalCount => BitOperations.PopCount((uint)Signals);

    /// <summary>An upper bound of the memory that the sample occupies, without what it shares with others.</summary>
    public int Bytes => EmptyBytes + ResponseTime.Bytes + Others.Bytes;

    /// <summary>When the sample was added to what is pending, on the monotonic clock. Belongs to what is pending, as the next three.</summary>
    public TimeSpan AddedAt { get; set; }

    /// <summary>In how many parts the sample is on its way; 0 when all of them have ended.</summary>
    public int Parts { get; set; }

    /// <summary>What <see cref="Bytes"/> was when the sample was added.</summary>
    public int HeldBytes { get; set; }

    /// <summary>What <see cref="Bytes"/> was when the sample came into the pool.</summary>
    public int PooledBytes { get; set; }

    /// <summary>Makes it an empty sample of a second.</summary>
    public void Reset(long second)
    {
        Second = second;
        Signals = ScalingSignals.None;
        IsPerTask = false;
        ResponseTime.Clear();
        Others.Clear();
    }

    /// <summary>Takes over the signals of another sample, and its second.</summary>
    public void CopySignals(Sample other)
    {
        Reset(other.Second);
        Signals = other.Signals;
        RequestsPerSecond = other.RequestsPerSecond;
        FailedRequestsPerSecond = other.FailedRequestsPerSecond;
        ActiveRequests = other.ActiveRequests;
        ActiveConnections = other.ActiveConnections;
        QueueLength = other.QueueLength;
        QueueDelay = other.QueueDelay;
        if ((Signals & ScalingSignals.ResponseTime) != 0)
        {
            other.ResponseTime.CopyTo(ResponseTime);
        }
    }

    public double ValueOf(ScalingSignals signal) => signal switch
    {
        ScalingSignals.RequestsPerSecond => RequestsPerSecond,
        ScalingSignals.FailedRequestsPerSecond => FailedRequestsPerSecond,
        ScalingSignals.ActiveRequests => ActiveRequests,
        ScalingSignals.ActiveConnections => ActiveConnections,
        ScalingSignals.QueueLength => QueueLength,
        ScalingSignals.QueueDelay => QueueDelay,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal with a single value."),
    };
}
