namespace FastScaling.Lab.Templates;

/// <summary>A node of a template, as written or as resolved.</summary>
internal abstract record TemplateNode(Mark Mark)
{
    /// <summary>What it is, in an error.</summary>
    public abstract string Kind { get; }
}
