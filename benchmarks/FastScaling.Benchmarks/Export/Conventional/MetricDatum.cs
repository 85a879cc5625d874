using System.Text.Json.Serialization;

namespace FastScaling.Benchmarks.Conventional;

/// <summary>A datum as in the service client of an AWS SDK: mutable, and what is not set is not sent.</summary>
internal sealed class MetricDatum
{
    public string? MetricName { get; set; }

    public List<Dimension>? Dimensions { get; set; }

    public string? Unit { get; set; }

    public int? StorageResolution { get; set; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTime? Timestamp { get; set; }

    public double? Value { get; set; }

    public List<double>? Values { get; set; }

    public List<double>? Counts { get; set; }
}
