namespace FastScaling.Lab.Live.Tasks;

/// <summary>What can be done with a task.</summary>
internal enum FleetOrderKind
{
    /// <summary>Start its process.</summary>
    Launch,

    /// <summary>Tell the load balancer of it.</summary>
    Register,

    /// <summary>Take it from the load balancer.</summary>
    Deregister,

    /// <summary>Ask its process to end.</summary>
    Stop,

    /// <summary>End its process.</summary>
    Kill,
}
