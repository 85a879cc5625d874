namespace FastScaling.Lab.Service;

/// <summary>What the exporter of one task would publish for one second.</summary>
/// <param name="Second">Its start, since the start of the simulation.</param>
/// <param name="Arrivals">RequestsPerSecond.</param>
/// <param name="Completed">The number behind ResponseTime; 0 for none.</param>
/// <param name="ResponseMilliseconds">Mean ResponseTime.</param>
/// <param name="Active">ActiveRequests.</param>
/// <param name="Connections">ActiveConnections.</param>
/// <param name="Queued">QueueLength.</param>
/// <param name="QueueDelayMilliseconds">QueueDelay.</param>
/// <param name="CpuPercent">Of the task, 0 to 100. Not the exporter's: it is what ECS publishes.</param>
internal readonly record struct TaskSample(
    int Second,
    int Arrivals,
    int Completed,
    double ResponseMilliseconds,
    int Active,
    int Connections,
    int Queued,
    double QueueDelayMilliseconds,
    double CpuPercent)
{
    /// <summary>Above zero when there was something to do.</summary>
    public int InFlightOrDone => Active + Completed;
}
