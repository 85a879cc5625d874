namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>What tells the metrics of an application apart.</summary>
internal readonly record struct MetricIdentity(string Meter, string Name, string Unit, MetricKind Kind);
