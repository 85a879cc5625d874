namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::ElasticLoadBalancingV2::TargetGroup</c>. Times are seconds; defaults are those of an Application Load Balancer.</summary>
internal sealed record TargetGroupResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    public int HealthCheckInterval { get; init; } = 30;

    public int HealthCheckTimeout { get; init; } = 5;

    public int UnhealthyThreshold { get; init; } = 2;

    public int DeregistrationDelay { get; init; } = 300;

    /// <summary><c>round_robin</c>, <c>least_outstanding_requests</c> or <c>weighted_random</c>.</summary>
    public string Algorithm { get; init; } = "round_robin";
}
