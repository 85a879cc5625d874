namespace FastScaling.Lab.Templates;

/// <summary>A sequence.</summary>
internal sealed record ListNode(Mark Mark, IReadOnlyList<TemplateNode> Items) : TemplateNode(Mark)
{
    public override string Kind => "a list";
}
