namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>Marks in a service collection that a pipeline of this name has been added.</summary>
internal sealed record PipelineRegistration(string Name);
