namespace FastScaling.Lab.Templates;

/// <summary>The conditions of a template.</summary>
internal sealed class TemplateConditions(MapNode? section, TemplateResolver resolver)
{
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public bool IsTrue(string name, Mark mark)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        var definition = section?[name] ?? throw new TemplateException(mark, $"There is no condition '{name}'.");
        if (!_open.Add(name))
        {
            throw new TemplateException(definition.Mark, $"The condition '{name}' depends on itself.");
        }

        try
        {
            return _known[name] = Evaluate(definition);
        }
        finally
        {
            _open.Remove(name);
        }
    }

    public bool Evaluate(TemplateNode node) => node switch
    {
        CallNode { Function: "Equals", Argument: ListNode { Items: [var left, var right] } } => Text(left) == Text(right),
        CallNode { Function: "And", Argument: ListNode { Items: { Count: >= 2 and <= 10 } items } } => items.All(Evaluate),
        CallNode { Function: "Or", Argument: ListNode { Items: { Count: >= 2 and <= 10 } items } } => items.Any(Evaluate),
        CallNode { Function: "Not", Argument: ListNode { Items: [var item] } } => !Evaluate(item),
        CallNode { Function: "Condition", Argument: ScalarNode name } => IsTrue(name.Text, name.Mark),
        MapNode { Entries: [{ Key: "Condition", Value: ScalarNode name }] } => IsTrue(name.Text, name.Mark),
        CallNode { Function: "Equals" or "And" or "Or" or "Not" or "Condition" } call =>
            throw new TemplateException(node.Mark, $"{call.Function} has arguments of a wrong kind or number."),
        _ => throw new TemplateException(node.Mark, "A condition is one of Equals, And, Or, Not and Condition."),
    };

    private string Text(TemplateNode node)
    {
        var value = resolver.ResolveText(node, "An argument of Equals");
        return value.Unknown is null
            ? value.Text
            : throw new TemplateException(value.Mark, $"The condition cannot be decided: {value.Unknown}.");
    }
}
