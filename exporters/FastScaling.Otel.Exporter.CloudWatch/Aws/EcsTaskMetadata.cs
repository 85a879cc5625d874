using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>What the ECS task metadata endpoint, version 4, says about the task.</summary>
internal sealed record EcsTaskMetadata(string Cluster, string? ServiceName, string? Region, string? TaskId = null)
{
    /// <summary>What ECS knows of the clock; null when it does not say it.</summary>
    public ClockDrift? Clock { get; init; }

    /// <summary>The name of this container in the task definition, or null when the metadata do not say it.</summary>
    /// <exception cref="IOException">The endpoint does not answer.</exception>
    /// <exception cref="JsonException">The answer is no JSON.</exception>
    public static string? FetchContainerName(string metadataUri)
    {
        using var json = JsonDocument.Parse(LocalHttp.Get(new Uri(metadataUri), authorization: null));
        return json.RootElement.ValueKind == JsonValueKind.Object ? JsonText.Of(json.RootElement, "Name") : null;
    }

    /// <exception cref="IOException">The endpoint does not answer.</exception>
    /// <exception cref="JsonException">The answer is no task metadata.</exception>
    public static EcsTaskMetadata Fetch(string metadataUri) =>
        Parse(LocalHttp.Get(new Uri(metadataUri.TrimEnd('/') + "/task"), authorization: null));

    /// <exception cref="JsonException">The document is no task metadata.</exception>
    public static EcsTaskMetadata Parse(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || JsonText.Of(json.RootElement, "Cluster") is not { } cluster)
        {
            throw new JsonException("The task metadata have no Cluster.");
        }

        // On Fargate the cluster is an ARN, on EC2 it can be the plain name.
        var arn = JsonText.Of(json.RootElement, "TaskARN");
        return new EcsTaskMetadata(
            cluster[(cluster.LastIndexOf('/') + 1)..],
            JsonText.Of(json.RootElement, "ServiceName"),
            RegionOf(arn),
            arn?[(arn.LastIndexOf('/') + 1)..])
        {
            Clock = ClockOf(json.RootElement),
        };
    }

    // "ClockDrift": { "ClockErrorBound": milliseconds, "ClockSynchronizationStatus": "SYNCHRONIZED" or "NOT_SYNCHRONIZED" }
    private static ClockDrift? ClockOf(JsonElement task)
    {
        if (!task.TryGetProperty("ClockDrift", out var drift)
            || drift.ValueKind != JsonValueKind.Object
            || JsonText.Of(drift, "ClockSynchronizationStatus") is not { } status)
        {
            return null;
        }

        var bound = drift.TryGetProperty("ClockErrorBound", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var milliseconds)
            ? Math.Clamp(milliseconds, 0, TimeSpan.MaxValue.TotalMilliseconds / 2)
            : 0;
        return new ClockDrift(TimeSpan.FromMilliseconds(bound), status == "SYNCHRONIZED");
    }

    // arn:partition:ecs:region:account:task/…
    private static string? RegionOf(string? arn) =>
        arn?.Split(':') is [_, _, _, { Length: > 0 } region, ..] ? region : null;
}
