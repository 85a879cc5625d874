namespace FastScaling.Lab.Templates;

/// <summary>A call of an intrinsic function, not yet resolved. Short and long forms are the same.</summary>
/// <param name="Mark">Where it stands.</param>
/// <param name="Function">The name in the long form without <c>Fn::</c>, for example <c>Sub</c> or <c>Ref</c>.</param>
/// <param name="Argument">What it is called with.</param>
internal sealed record CallNode(Mark Mark, string Function, TemplateNode Argument) : TemplateNode(Mark)
{
    public override string Kind => $"a call of {Function}";

    /// <param name="count">How many there must be.</param>
    /// <param name="usage">What the function takes, for the error.</param>
    /// <exception cref="TemplateException">The argument is no list of so many.</exception>
    public IReadOnlyList<TemplateNode> Arguments(int count, string usage) =>
        Argument is ListNode { Items: var items } && items.Count == count ? items : throw new TemplateException(Mark, $"{usage}.");
}
