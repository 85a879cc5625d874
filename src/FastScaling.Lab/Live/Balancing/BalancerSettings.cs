namespace FastScaling.Lab.Live.Balancing;

/// <summary>How the load balancer checks its targets; from the template's target group.</summary>
internal sealed record BalancerSettings
{
    public required TimeSpan HealthCheckInterval { get; init; }

    public required TimeSpan HealthCheckTimeout { get; init; }

    /// <summary>Failed checks in a row that make a target unhealthy. One that passes makes it healthy.</summary>
    public required int UnhealthyThreshold { get; init; }

    public required bool IsLeastOutstanding { get; init; }
}
