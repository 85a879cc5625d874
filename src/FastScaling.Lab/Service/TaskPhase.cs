namespace FastScaling.Lab.Service;

/// <summary>Where a task is in its life.</summary>
internal enum TaskPhase
{
    /// <summary>Launched, not running.</summary>
    Starting,

    /// <summary>Running and registered with the load balancer; its first health check has not passed.</summary>
    Registered,

    /// <summary>Gets requests.</summary>
    Healthy,

    /// <summary>Gets no new requests, finishes those it has.</summary>
    Draining,

    /// <summary>Gone.</summary>
    Stopped,
}
