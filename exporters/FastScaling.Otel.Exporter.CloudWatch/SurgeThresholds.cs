namespace FastScaling.Otel.Exporter.CloudWatch;

/// <summary>
/// From where on a rise of a signal is a surge, which is sent at once instead of at the end of the export interval.
/// </summary>
/// <remarks>
/// Set these to the thresholds of your alarms. A rise counts from half of the threshold upwards, and only when it is a
/// change of level: neither noise nor a steady level above the threshold is a surge. In configuration each is a key,
/// such as <c>FastScaling__CloudWatch__SurgeThresholds__RequestsPerSecond=100</c>, and <c>off</c> stands for null. Each
/// is above 0 and at most 10⁹; null takes the signal out of surge flush and quiet mode.
/// </remarks>
public sealed class SurgeThresholds
{
    internal SurgeThresholds()
    {
    }

    /// <summary>Requests that arrive a second.</summary>
    /// <value>Default: 100. Above 0 and at most 10⁹, or null.</value>
    public double? RequestsPerSecond { get; set; } = 100;

    /// <summary>The mean response time of a second, in milliseconds.</summary>
    /// <value>
    /// Default: 500. Above 0 and at most 10⁹, or null. Seconds in which fewer than five requests ended say nothing and are not
    /// looked at.
    /// </value>
    public double? ResponseTime { get; set; } = 500;

    /// <summary>Requests in flight.</summary>
    /// <value>Default: 50, which is what 100 requests a second make when each takes 500 ms. Above 0 and at most 10⁹, or null.</value>
    public double? ActiveRequests { get; set; } = 50;

    /// <summary>Connections.</summary>
    /// <value>Default: 1000. Above 0 and at most 10⁹, or null.</value>
    public double? ActiveConnections { get; set; } = 1000;

    /// <summary>What waits: connections, requests and work of the thread pool.</summary>
    /// <value>
    /// Default: 100, which is a second's worth of the requests that are the threshold of their own. Above 0 and at most
    /// 10⁹, or null.
    /// </value>
    public double? QueueLength { get; set; } = 100;

    /// <summary>How long work waits for a thread of the pool, in milliseconds.</summary>
    /// <value>
    /// Default: 200. Half of it is one period of the processor quota of a container (100 ms), which a task at its limit
    /// waits for without being starved; a pool that has too few threads waits for 500 ms and more. Above 0 and at most
    /// 10⁹, or null.
    /// </value>
    public double? QueueDelay { get; set; } = 200;

    /// <summary>The signals and their thresholds.</summary>
    internal IEnumerable<KeyValuePair<ScalingSignals, double?>> All =>
    [
        new(ScalingSignals.RequestsPerSecond, RequestsPerSecond),
        new(ScalingSignals.ResponseTime, ResponseTime),
        new(ScalingSignals.ActiveRequests, ActiveRequests),
        new(ScalingSignals.ActiveConnections, ActiveConnections),
        new(ScalingSignals.QueueLength, QueueLength),
        new(ScalingSignals.QueueDelay, QueueDelay),
    ];

    internal SurgeThresholds Copy() => (SurgeThresholds)MemberwiseClone();

    internal void Set(ScalingSignals signal, double? value)
    {
        switch (signal)
        {
            case ScalingSignals.RequestsPerSecond:
                RequestsPerSecond = value;
                break;
            case ScalingSignals.ResponseTime:
                ResponseTime = value;
                break;
            case ScalingSignals.ActiveRequests:
                ActiveRequests = value;
                break;
            case ScalingSignals.ActiveConnections:
                ActiveConnections = value;
                break;
            case ScalingSignals.QueueLength:
                QueueLength = value;
                break;
            case ScalingSignals.QueueDelay:
                QueueDelay = value;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a single signal.");
        }
    }
}
