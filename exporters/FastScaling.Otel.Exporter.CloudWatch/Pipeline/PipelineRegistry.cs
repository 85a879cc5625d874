using System.Collections.Concurrent;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The metrics that the pipelines of one container publish. No two may publish the same, or everything counts twice.
/// </summary>
internal sealed class PipelineRegistry
{
    // One text is the key, not a pair: code for a dictionary of texts is in the framework, that for pairs would be compiled in the start.
    private readonly ConcurrentDictionary<string, string> _owners = new();
    private readonly ConcurrentDictionary<string, ScalingPipeline> _pipelines = new();

    /// <summary>The pipelines that have been started so far.</summary>
    public ICollection<ScalingPipeline> Started => _pipelines.Values;

    /// <summary>Whether the metrics belong to this pipeline from now on, or did so already.</summary>
    public bool TryClaim(string pipeline, string metricNamespace, IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        _owners.GetOrAdd($"{metricNamespace}\n{DimensionNames.Describe(dimensions)}", pipeline) == pipeline;

    /// <summary>Keeps a pipeline under its name.</summary>
    public void Add(string name, ScalingPipeline pipeline) => _pipelines[name] = pipeline;

    /// <summary>The pipeline of a name, or null when there is none.</summary>
    public ScalingPipeline? Find(string name) => _pipelines.GetValueOrDefault(name);
}
