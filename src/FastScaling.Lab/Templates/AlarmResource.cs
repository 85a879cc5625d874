namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::CloudWatch::Alarm</c>. One with <see cref="Metrics"/> is on metric math and has no metric of its own.</summary>
internal sealed record AlarmResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    public required string Name { get; init; }

    /// <summary>The metric, or null for metric math.</summary>
    public MetricReference? Metric { get; init; }

    public IReadOnlyList<AlarmMetric> Metrics { get; init; } = [];

    public required int EvaluationPeriods { get; init; }

    public int? DatapointsToAlarm { get; init; }

    /// <summary>Null where another metric is the threshold (anomaly detection).</summary>
    public double? Threshold { get; init; }

    public required string Comparison { get; init; }

    /// <summary>As CloudWatch names it; <c>missing</c> when the template says nothing.</summary>
    public string TreatMissingData { get; init; } = "missing";

    public string? EvaluateLowSampleCountPercentile { get; init; }

    public bool ActionsEnabled { get; init; } = true;

    public IReadOnlyList<ScalarNode> AlarmActions { get; init; } = [];

    public IReadOnlyList<ScalarNode> OkActions { get; init; } = [];

    public IReadOnlyList<ScalarNode> InsufficientDataActions { get; init; } = [];

    /// <summary>The metrics that it reads, with the place of each.</summary>
    public IEnumerable<MetricReference> AllMetrics => Metric is null ? Metrics.Select(metric => metric.Metric).OfType<MetricReference>() : [Metric];

    /// <summary>Seconds of one period; that of the first metric for metric math, where all are the same. 0 when there is none.</summary>
    public int Period => AllMetrics.FirstOrDefault()?.Period ?? Metrics.FirstOrDefault(metric => metric.Period is not null)?.Period ?? 0;

    public bool IsGreater => Comparison.StartsWith("Greater", StringComparison.Ordinal);

    public bool IsLess => Comparison.StartsWith("Less", StringComparison.Ordinal);
}
