namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Tests that look at something that the whole process shares: nothing may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
