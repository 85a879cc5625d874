namespace FastScaling.Lab.Templates;

/// <summary>An <c>AWS::ECS::TaskDefinition</c>.</summary>
internal sealed record TaskDefinitionResource(string Id, MapNode Properties) : TemplateResource(Id, Properties)
{
    /// <summary>Thousandths of a processor, or null when not known.</summary>
    public int? Cpu { get; init; }

    /// <summary>MiB, or null when not known.</summary>
    public int? Memory { get; init; }

    /// <summary>The logical ids that the task role refers to.</summary>
    public ScalarNode? TaskRole { get; init; }

    /// <summary>The environment variables of all containers, the last of a name.</summary>
    public IReadOnlyDictionary<string, ScalarNode> Environment { get; init; } = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
}
