namespace FastScaling.Otel;

/// <summary>
/// The signals that a service scales by. Each is one CloudWatch metric of the same name.
/// </summary>
[Flags]
public enum ScalingSignals
{
    /// <summary>No signal.</summary>
    None = 0,

    /// <summary>
    /// Requests that arrived in a second, in <c>Count/Second</c>: requests ended plus the change of the requests in
    /// flight, so that a saturated service still shows the load that it is offered.
    /// </summary>
    RequestsPerSecond = 1 << 0,

    /// <summary>
    /// How long the requests that ended in a second took, in <c>Milliseconds</c>, as a distribution. Seconds in which
    /// no request ended have none.
    /// </summary>
    ResponseTime = 1 << 1,

    /// <summary>Requests in flight at the end of a second, in <c>Count</c>.</summary>
    ActiveRequests = 1 << 2,

    /// <summary>
    /// Open connections of Kestrel at the end of a second, in <c>Count</c>. Behind a load balancer these are its
    /// kept connections, not its clients.
    /// </summary>
    ActiveConnections = 1 << 3,

    /// <summary>
    /// Work that waits at the end of a second, in <c>Count</c>: Kestrel's queued connections and requests, requests
    /// queued by rate limiters, and pending work items of the thread pool.
    /// </summary>
    QueueLength = 1 << 4,

    /// <summary>How long new work waits for a thread of the thread pool, in <c>Milliseconds</c>.</summary>
    QueueDelay = 1 << 5,

    /// <summary>
    /// Requests that ended in a second with an error (<c>error.type</c> set), in <c>Count/Second</c>. Opt-in, and so no
    /// part of <see cref="All"/>: it records every request into a second series.
    /// </summary>
    FailedRequestsPerSecond = 1 << 6,

    /// <summary>
    /// All signals that are published unless others are chosen: those that cost nothing more in a request. Add
    /// <see cref="FailedRequestsPerSecond"/> to have every signal.
    /// </summary>
    All = RequestsPerSecond | ResponseTime | ActiveRequests | ActiveConnections | QueueLength | QueueDelay,
}
