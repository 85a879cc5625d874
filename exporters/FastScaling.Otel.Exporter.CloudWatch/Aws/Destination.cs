using Amazon;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>Where the data go and under which dimensions. Known once, and then for good.</summary>
internal sealed record Destination(
    Uri Endpoint,
    RegionEndpoint Region,
    IReadOnlyList<KeyValuePair<string, string>> Dimensions);
