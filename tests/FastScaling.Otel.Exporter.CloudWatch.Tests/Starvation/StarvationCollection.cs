namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>Tests that measure time run when no other test of this assembly does, and one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StarvationCollection
{
    public const string Name = "Starvation";
}
