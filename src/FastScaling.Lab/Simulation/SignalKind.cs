namespace FastScaling.Lab.Simulation;

/// <summary>The signals of the exporter, in the order of a sample.</summary>
internal enum SignalKind
{
    RequestsPerSecond,
    ResponseTime,
    ActiveRequests,
    ActiveConnections,
    QueueLength,
    QueueDelay,
}
