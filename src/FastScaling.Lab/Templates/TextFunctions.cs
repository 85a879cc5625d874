using System.Globalization;
using System.Text;

namespace FastScaling.Lab.Templates;

/// <summary>The intrinsic functions that make text and lists of their arguments. A result knows what resources are in it, and whether something in it is not known.</summary>
internal sealed class TextFunctions(TemplateResolver resolver)
{
    public ScalarNode Sub(CallNode call)
    {
        var (format, values) = call.Argument switch
        {
            ScalarNode scalar => (scalar, null),
            ListNode { Items: [ScalarNode scalar, MapNode map] } => (scalar, map),
            _ => throw new TemplateException(call.Mark, "Sub takes text, or text and a mapping of names to values."),
        };
        var text = new StringBuilder();
        var parts = new List<ScalarNode>();
        var rest = format.Text.AsSpan();
        while (rest.IndexOf("${", StringComparison.Ordinal) is >= 0 and var start)
        {
            text.Append(rest[..start]);
            rest = rest[(start + 2)..];
            var end = rest.IndexOf('}');
            if (end < 0)
            {
                throw new TemplateException(call.Mark, "Sub: '${' has no '}'.");
            }

            var name = rest[..end].Trim().ToString();
            rest = rest[(end + 1)..];
            if (name.StartsWith('!'))
            {
                // ${!Literal} is ${Literal}.
                text.Append("${").Append(name.AsSpan(1)).Append('}');
                continue;
            }

            var part = SubPart(name, values, call.Mark);
            resolver.Spend(part.Text.Length, call.Mark);
            parts.Add(part);
            text.Append(part.Text);
        }

        return Combine(call.Mark, text.Append(rest).ToString(), parts);
    }

    private ScalarNode SubPart(string name, MapNode? values, Mark mark)
    {
        if (values?[name] is { } value)
        {
            return resolver.ResolveText(value, $"'{name}' of Sub");
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            return resolver.Attribute(name[..dot], name[(dot + 1)..], mark)
                ?? throw new TemplateException(mark, $"Sub: there is no resource '{name[..dot]}'.");
        }

        return resolver.Ref(name, mark) switch
        {
            ScalarNode scalar => scalar,
            ListNode => throw new TemplateException(mark, $"Sub: '{name}' is a list."),
            _ => new ScalarNode(mark, string.Empty),
        };
    }

    private static ScalarNode Combine(Mark mark, string text, IReadOnlyCollection<ScalarNode> parts) => new(mark, text)
    {
        Unknown = parts.FirstOrDefault(part => part.Unknown is not null)?.Unknown,
        References = [.. parts.SelectMany(part => part.References).Distinct(StringComparer.Ordinal)],
    };

    public ScalarNode Join(CallNode call)
    {
        var items = call.Arguments(2, "Join takes a delimiter and a list");
        var delimiter = resolver.ResolveText(items[0], "The delimiter of Join").Text;
        switch (resolver.Resolve(items[1]))
        {
            case ListNode list:
                var parts = list.Items
                    .Select(item => item as ScalarNode ?? throw new TemplateException(item.Mark, $"Join takes values; this is {item.Kind}."))
                    .ToArray();
                Array.ForEach(parts, part => resolver.Spend(part.Text.Length + delimiter.Length, call.Mark));
                return Combine(call.Mark, string.Join(delimiter, parts.Select(part => part.Text)), parts);
            case ScalarNode { Unknown: not null } unknown:
                return unknown with { Mark = call.Mark };
            default:
                throw new TemplateException(items[1].Mark, "The second argument of Join is a list.");
        }
    }

    public TemplateNode Split(CallNode call)
    {
        var items = call.Arguments(2, "Split takes a delimiter and text");
        var delimiter = resolver.ResolveText(items[0], "The delimiter of Split").Text;
        var text = resolver.ResolveText(items[1], "The text of Split");
        if (delimiter.Length == 0)
        {
            throw new TemplateException(items[0].Mark, "The delimiter of Split is empty.");
        }

        if (text.Unknown is { } reason)
        {
            return ScalarNode.NotKnown(call.Mark, reason);
        }

        resolver.Spend(text.Text.Length * TemplateResolver.CharactersOfNode, call.Mark);
        return new ListNode(call.Mark, [.. text.Text.Split(delimiter).Select(part => text with { Mark = call.Mark, Text = part })]);
    }

    public TemplateNode Select(CallNode call)
    {
        var items = call.Arguments(2, "Select takes an index and a list");
        var index = resolver.ResolveText(items[0], "The index of Select");
        var list = resolver.Resolve(items[1]);
        if (index.Unknown is not null || list is ScalarNode { Unknown: not null })
        {
            return ScalarNode.NotKnown(call.Mark, index.Unknown ?? ((ScalarNode)list!).Unknown!);
        }

        var values = list as ListNode ?? throw new TemplateException(items[1].Mark, "The second argument of Select is a list.");
        return int.TryParse(index.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < values.Items.Count
            ? values.Items[position]
            : throw new TemplateException(items[0].Mark, $"Select: there is no element {index.Text} in a list of {values.Items.Count}.");
    }

    public ScalarNode Length(CallNode call) => resolver.Resolve(call.Argument) switch
    {
        ListNode list => new ScalarNode(call.Mark, list.Items.Count.ToString(CultureInfo.InvariantCulture)),
        ScalarNode { Unknown: { } reason } => ScalarNode.NotKnown(call.Mark, reason),
        _ => throw new TemplateException(call.Mark, "Length takes a list."),
    };

    public ScalarNode Base64(CallNode call)
    {
        var text = resolver.ResolveText(call.Argument, "The argument of Base64");
        resolver.Spend(text.Text.Length * 2, call.Mark);
        return text with { Mark = call.Mark, Text = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)) };
    }

    public ScalarNode ToJson(CallNode call)
    {
        var json = NodeJson.Write(resolver.Resolve(call.Argument));
        resolver.Spend(json.Length, call.Mark);
        return new ScalarNode(call.Mark, json);
    }
}
