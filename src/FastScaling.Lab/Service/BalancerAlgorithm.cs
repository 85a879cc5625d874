namespace FastScaling.Lab.Service;

/// <summary>How a load balancer chooses a task.</summary>
internal enum BalancerAlgorithm
{
    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>The task with the fewest requests in flight.</summary>
    LeastOutstandingRequests,
}
