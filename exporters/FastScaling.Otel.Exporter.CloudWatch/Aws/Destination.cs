using Amazon;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>Where the data go and under which dimensions. Known once, and then for good.</summary>
internal sealed record Destination(
    Uri Endpoint,
    RegionEndpoint Region,
    IReadOnlyList<KeyValuePair<string, string>> Dimensions)
{
    /// <summary>The dimensions of the series of this task alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TaskDimensions { get; init; } = Dimensions;

    /// <summary>This container, when another one of the task has been chosen to publish; else null.</summary>
    public string? SilentContainer { get; init; }
}
