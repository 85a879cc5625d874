using System.Collections.Concurrent;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The metrics that the pipelines of one container publish. No two may publish the same, or everything counts twice.
/// </summary>
internal sealed class PipelineRegistry
{
    private readonly ConcurrentBag<ScalingPipeline> _started = [];
    private readonly ConcurrentDictionary<(string Namespace, string Dimensions), string> _owners = new();

    /// <summary>The pipelines that have been started so far.</summary>
    public IReadOnlyCollection<ScalingPipeline> Started => _started;

    public void Add(ScalingPipeline pipeline) => _started.Add(pipeline);

    /// <summary>Whether the metrics belong to this pipeline from now on, or did so already.</summary>
    public bool TryClaim(string pipeline, string metricNamespace, IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        _owners.GetOrAdd((metricNamespace, Describe(dimensions)), pipeline) == pipeline;

    /// <summary>Dimensions for a message.</summary>
    public static string Describe(IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        dimensions.Count == 0
            ? "(automatic)"
            : string.Join(", ", dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}"));
}
