namespace FastScaling.Lab.Templates;

/// <summary>Text, a number or a boolean; CloudFormation itself makes no difference.</summary>
/// <param name="Mark">Where it stands.</param>
/// <param name="Text">The text; of an unknown value what it would be in words.</param>
internal sealed record ScalarNode(Mark Mark, string Text) : TemplateNode(Mark)
{
    public override string Kind => "a value";

    /// <summary>Why the value is known only once the stack is deployed, or null when it is known.</summary>
    public string? Unknown { get; init; }

    /// <summary>The logical ids of the resources whose names or attributes are in it.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether YAML reads it as nothing: an empty value, <c>null</c> or <c>~</c> without quotes.</summary>
    public bool IsNull { get; init; }

    /// <summary>A value that is not known, and why.</summary>
    public static ScalarNode NotKnown(Mark mark, string reason) => new(mark, "{unknown}") { Unknown = reason };
}
