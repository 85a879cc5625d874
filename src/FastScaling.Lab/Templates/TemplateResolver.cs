using System.Globalization;
using System.Text;

namespace FastScaling.Lab.Templates;

/// <summary>
/// Replaces the intrinsic functions of a template by what they give. What only a deployment knows becomes a value that says so; a function
/// that CloudFormation does not have is an error.
/// </summary>
internal sealed class TemplateResolver
{
    private const int MaxDepth = 128;

    // Names that refer twice to a name that refers twice to a name … double with each. The kit's template takes about a hundredth of it.
    private const long MaxCharacters = 10_000_000;
    private const int CharactersOfNode = 10;

    private readonly TemplateParameters _parameters;
    private readonly TemplateConditions _conditions;
    private readonly MapNode? _mappings;
    private readonly ResourceNames _names;
    private int _depth;
    private long _characters;

    public TemplateResolver(MapNode root, TemplateParameters parameters)
    {
        _parameters = parameters;
        _mappings = root["Mappings"] as MapNode;
        _conditions = new TemplateConditions(root["Conditions"] as MapNode, this);
        _names = new ResourceNames(root["Resources"] as MapNode, this);
    }

    /// <summary>Whether the named condition of the template holds.</summary>
    public bool IsTrue(string condition, Mark mark) => _conditions.IsTrue(condition, mark);

    /// <summary>The node without function calls, or null when it is to be left out (<c>AWS::NoValue</c>).</summary>
    public TemplateNode? Resolve(TemplateNode node)
    {
        Spend(CharactersOfNode, node.Mark);

        // Names, conditions and parameters can lead to each other in circles.
        if (++_depth > MaxDepth)
        {
            throw new TemplateException(node.Mark, "The functions here lead in a circle, or are nested too deeply.");
        }

        try
        {
            return node switch
            {
                ListNode list => new ListNode(list.Mark, [.. list.Items.Select(Resolve).OfType<TemplateNode>()]),
                MapNode map => ResolveMap(map),
                CallNode call => Call(call),
                ScalarNode { Text: var text } scalar when text.Contains("{{resolve:", StringComparison.Ordinal) =>
                    scalar with { Unknown = $"it is the dynamic reference '{text}'" },
                _ => node,
            };
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>The node as one value.</summary>
    public ScalarNode ResolveText(TemplateNode node, string what) => Resolve(node) switch
    {
        ScalarNode scalar => scalar,
        { } other => throw new TemplateException(other.Mark, $"{what} must be a value; this is {other.Kind}."),
        null => throw new TemplateException(node.Mark, $"{what} must be a value; this is AWS::NoValue."),
    };

    // What is made, in all: else a short template could fill the memory, or take years.
    private void Spend(int characters, Mark mark)
    {
        if ((_characters += characters) > MaxCharacters)
        {
            throw new TemplateException(mark, $"What the functions give is too long in all: more than {MaxCharacters} characters.");
        }
    }

    private MapNode ResolveMap(MapNode map)
    {
        var entries = new List<MapEntry>();
        foreach (var entry in map.Entries)
        {
            if (entry.Key.StartsWith("Fn::", StringComparison.Ordinal))
            {
                throw new TemplateException(entry.KeyMark, $"{entry.Key} stands beside other keys; this is not supported here.");
            }

            if (Resolve(entry.Value) is { } value)
            {
                entries.Add(entry with { Value = value });
            }
        }

        return new MapNode(map.Mark, entries);
    }

    private TemplateNode? Call(CallNode call) => call.Function switch
    {
        "Ref" => Ref(TextArgument(call), call.Mark),
        "GetAtt" => GetAtt(call),
        "Sub" => Sub(call),
        "If" => If(call),
        "Join" => Join(call),
        "Split" => Split(call),
        "Select" => Select(call),
        "FindInMap" => FindInMap(call),
        "Length" => Length(call),
        "Base64" => Base64(call),
        "ToJsonString" => ToJson(call),
        "Equals" or "And" or "Or" or "Not" or "Condition" => new ScalarNode(call.Mark, _conditions.Evaluate(call) ? "true" : "false"),
        "ImportValue" => Unknown(call.Mark, $"it is imported from another stack as '{ResolveText(call.Argument, "The name of an import").Text}'"),
        "GetAZs" => Unknown(call.Mark, "the zones of the Region are known when the stack is deployed"),
        "Cidr" => Unknown(call.Mark, "address ranges are split when the stack is deployed"),
        "Transform" => Unknown(call.Mark, "a macro (Fn::Transform) gives it when the stack is deployed"),
        var name when name.StartsWith("ForEach", StringComparison.Ordinal) =>
            throw new TemplateException(call.Mark, "Fn::ForEach is not supported: write the resources out."),
        var name => throw new TemplateException(call.Mark, $"'{name}' is no function of CloudFormation."),
    };

    private static ScalarNode Unknown(Mark mark, string reason) => new(mark, "{unknown}") { Unknown = reason };

    private TemplateNode? Ref(string name, Mark mark)
    {
        if (name == PseudoParameters.NoValue)
        {
            return null;
        }

        return PseudoParameters.Find(name, mark)
            ?? WithMark(_parameters.Find(name), mark)
            ?? _names.Ref(name, mark)
            ?? throw new TemplateException(mark, $"There is neither a parameter nor a resource '{name}'.");
    }

    // An error at a value of a parameter is where the parameter is used.
    private static TemplateNode? WithMark(TemplateNode? node, Mark mark) => node is null ? null : node with { Mark = mark };

    private ScalarNode GetAtt(CallNode call)
    {
        var parts = Resolve(call.Argument) switch
        {
            ListNode { Items: [ScalarNode resource, ScalarNode attribute] } => (resource.Text, attribute.Text),
            ScalarNode { Text: var text } when text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot => (text[..dot], text[(dot + 1)..]),
            _ => throw new TemplateException(call.Mark, "GetAtt takes a resource and an attribute, as Resource.Attribute."),
        };
        return _names.Attribute(parts.Item1, parts.Item2, call.Mark)
            ?? throw new TemplateException(call.Mark, $"There is no resource '{parts.Item1}'.");
    }

    private ScalarNode Sub(CallNode call)
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
            Spend(part.Text.Length, call.Mark);
            parts.Add(part);
            text.Append(part.Text);
        }

        return Combine(call.Mark, text.Append(rest).ToString(), parts);
    }

    private ScalarNode SubPart(string name, MapNode? values, Mark mark)
    {
        if (values?[name] is { } value)
        {
            return ResolveText(value, $"'{name}' of Sub");
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            return _names.Attribute(name[..dot], name[(dot + 1)..], mark)
                ?? throw new TemplateException(mark, $"Sub: there is no resource '{name[..dot]}'.");
        }

        return Ref(name, mark) switch
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

    private TemplateNode? If(CallNode call)
    {
        var items = Arguments(call, 3, "If takes a condition and two values");
        var condition = items[0] as ScalarNode ?? throw new TemplateException(items[0].Mark, "The first argument of If is the name of a condition.");
        return Resolve(IsTrue(condition.Text, condition.Mark) ? items[1] : items[2]);
    }

    private ScalarNode Join(CallNode call)
    {
        var items = Arguments(call, 2, "Join takes a delimiter and a list");
        var delimiter = ResolveText(items[0], "The delimiter of Join").Text;
        switch (Resolve(items[1]))
        {
            case ListNode list:
                var parts = list.Items
                    .Select(item => item as ScalarNode ?? throw new TemplateException(item.Mark, $"Join takes values; this is {item.Kind}."))
                    .ToArray();
                Array.ForEach(parts, part => Spend(part.Text.Length + delimiter.Length, call.Mark));
                return Combine(call.Mark, string.Join(delimiter, parts.Select(part => part.Text)), parts);
            case ScalarNode { Unknown: not null } unknown:
                return unknown with { Mark = call.Mark };
            default:
                throw new TemplateException(items[1].Mark, "The second argument of Join is a list.");
        }
    }

    private TemplateNode Split(CallNode call)
    {
        var items = Arguments(call, 2, "Split takes a delimiter and text");
        var delimiter = ResolveText(items[0], "The delimiter of Split").Text;
        var text = ResolveText(items[1], "The text of Split");
        if (delimiter.Length == 0)
        {
            throw new TemplateException(items[0].Mark, "The delimiter of Split is empty.");
        }

        if (text.Unknown is { } reason)
        {
            return Unknown(call.Mark, reason);
        }

        Spend(text.Text.Length * CharactersOfNode, call.Mark);
        return new ListNode(call.Mark, [.. text.Text.Split(delimiter).Select(part => text with { Mark = call.Mark, Text = part })]);
    }

    private TemplateNode Select(CallNode call)
    {
        var items = Arguments(call, 2, "Select takes an index and a list");
        var index = ResolveText(items[0], "The index of Select");
        var list = Resolve(items[1]);
        if (index.Unknown is not null || list is ScalarNode { Unknown: not null })
        {
            return Unknown(call.Mark, index.Unknown ?? ((ScalarNode)list!).Unknown!);
        }

        var values = list as ListNode ?? throw new TemplateException(items[1].Mark, "The second argument of Select is a list.");
        return int.TryParse(index.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < values.Items.Count
            ? values.Items[position]
            : throw new TemplateException(items[0].Mark, $"Select: there is no element {index.Text} in a list of {values.Items.Count}.");
    }

    private TemplateNode? FindInMap(CallNode call)
    {
        if (call.Argument is not ListNode { Items: [var mapNode, var topNode, var secondNode, ..] and { Count: 3 or 4 } items })
        {
            throw new TemplateException(call.Mark, "FindInMap takes a mapping and two keys.");
        }

        var keys = new[] { mapNode, topNode, secondNode }.Select(node => ResolveText(node, "An argument of FindInMap")).ToArray();
        if (keys.FirstOrDefault(key => key.Unknown is not null) is { } unknown)
        {
            return unknown with { Mark = call.Mark };
        }

        var found = ((_mappings?[keys[0].Text] as MapNode)?[keys[1].Text] as MapNode)?[keys[2].Text];
        var fallback = items.Count == 4 ? (items[3] as MapNode)?["DefaultValue"] : null;
        return (found ?? fallback) is { } value
            ? Resolve(value)
            : throw new TemplateException(call.Mark, $"FindInMap: the mappings have no {keys[0].Text} / {keys[1].Text} / {keys[2].Text}.");
    }

    private ScalarNode Length(CallNode call) => Resolve(call.Argument) switch
    {
        ListNode list => new ScalarNode(call.Mark, list.Items.Count.ToString(CultureInfo.InvariantCulture)),
        ScalarNode { Unknown: { } reason } => Unknown(call.Mark, reason),
        _ => throw new TemplateException(call.Mark, "Length takes a list."),
    };

    private ScalarNode Base64(CallNode call)
    {
        var text = ResolveText(call.Argument, "The argument of Base64");
        Spend(text.Text.Length * 2, call.Mark);
        return text with { Mark = call.Mark, Text = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)) };
    }

    private ScalarNode ToJson(CallNode call)
    {
        var json = NodeJson.Write(Resolve(call.Argument));
        Spend(json.Length, call.Mark);
        return new ScalarNode(call.Mark, json);
    }

    private static string TextArgument(CallNode call) =>
        call.Argument is ScalarNode scalar ? scalar.Text : throw new TemplateException(call.Mark, $"{call.Function} takes a name; this is {call.Argument.Kind}.");

    private static IReadOnlyList<TemplateNode> Arguments(CallNode call, int count, string usage) =>
        call.Argument is ListNode { Items: var items } && items.Count == count
            ? items
            : throw new TemplateException(call.Mark, $"{usage}.");
}
