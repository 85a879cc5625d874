namespace FastScaling.Lab.Live.Tasks;

/// <summary>Where a task of the lab is in its life.</summary>
internal enum FleetPhase
{
    /// <summary>Its process starts, or its start time is not over yet.</summary>
    Starting,

    /// <summary>It runs, and has not passed a health check of the load balancer yet.</summary>
    Registered,

    /// <summary>It gets requests.</summary>
    Healthy,

    /// <summary>It gets no new requests and ends those it has.</summary>
    Draining,

    /// <summary>It was told to stop.</summary>
    Stopping,
}
