namespace FastScaling.Benchmarks.Conventional;

/// <summary>The request as in the service client of an AWS SDK.</summary>
internal sealed class PutMetricDataRequest
{
    public string? Namespace { get; set; }

    public List<MetricDatum>? MetricData { get; set; }
}
