namespace FastScaling.Lab.Templates;

/// <summary>
/// Replaces the intrinsic functions of a template by what they give. What only a deployment knows becomes a value that says so; a function
/// that CloudFormation does not have is an error.
/// </summary>
internal sealed class TemplateResolver
{
    /// <summary>What a node, or an element of a list, counts as among what is made.</summary>
    public const int CharactersOfNode = 10;

    private const int MaxDepth = 128;

    // Names that refer twice to a name that refers twice to a name … double with each. The kit's template takes about a hundredth of it.
    private const long MaxCharacters = 10_000_000;

    private readonly TemplateParameters _parameters;
    private readonly TemplateConditions _conditions;
    private readonly MapNode? _mappings;
    private readonly ResourceNames _names;
    private readonly TextFunctions _text;
    private int _depth;
    private long _characters;

    public TemplateResolver(MapNode root, TemplateParameters parameters)
    {
        _parameters = parameters;
        _mappings = root["Mappings"] as MapNode;
        _conditions = new TemplateConditions(root["Conditions"] as MapNode, this);
        _names = new ResourceNames(root["Resources"] as MapNode, this);
        _text = new TextFunctions(this);
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

    /// <summary>Counts what functions make, in all: else a short template could fill the memory, or take years.</summary>
    public void Spend(int characters, Mark mark)
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
        "Sub" => _text.Sub(call),
        "If" => If(call),
        "Join" => _text.Join(call),
        "Split" => _text.Split(call),
        "Select" => _text.Select(call),
        "FindInMap" => FindInMap(call),
        "Length" => _text.Length(call),
        "Base64" => _text.Base64(call),
        "ToJsonString" => _text.ToJson(call),
        "Equals" or "And" or "Or" or "Not" or "Condition" => new ScalarNode(call.Mark, _conditions.Evaluate(call) ? "true" : "false"),
        "ImportValue" => ScalarNode.NotKnown(call.Mark, $"it is imported from another stack as '{ResolveText(call.Argument, "The name of an import").Text}'"),
        "GetAZs" => ScalarNode.NotKnown(call.Mark, "the zones of the Region are known when the stack is deployed"),
        "Cidr" => ScalarNode.NotKnown(call.Mark, "address ranges are split when the stack is deployed"),
        "Transform" => ScalarNode.NotKnown(call.Mark, "a macro (Fn::Transform) gives it when the stack is deployed"),
        var name when name.StartsWith("ForEach", StringComparison.Ordinal) =>
            throw new TemplateException(call.Mark, "Fn::ForEach is not supported: write the resources out."),
        var name => throw new TemplateException(call.Mark, $"'{name}' is no function of CloudFormation."),
    };

    /// <summary>What <c>Ref</c> gives: a parameter or the name of a resource; null for <c>AWS::NoValue</c>.</summary>
    public TemplateNode? Ref(string name, Mark mark)
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

    /// <summary>What <c>GetAtt</c> gives, or null when there is no such resource.</summary>
    public ScalarNode? Attribute(string resource, string attribute, Mark mark) => _names.Attribute(resource, attribute, mark);

    private ScalarNode GetAtt(CallNode call)
    {
        var parts = Resolve(call.Argument) switch
        {
            ListNode { Items: [ScalarNode resource, ScalarNode attribute] } => (resource.Text, attribute.Text),
            ScalarNode { Text: var text } when text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot => (text[..dot], text[(dot + 1)..]),
            _ => throw new TemplateException(call.Mark, "GetAtt takes a resource and an attribute, as Resource.Attribute."),
        };
        return Attribute(parts.Item1, parts.Item2, call.Mark)
            ?? throw new TemplateException(call.Mark, $"There is no resource '{parts.Item1}'.");
    }

    private TemplateNode? If(CallNode call)
    {
        var items = call.Arguments(3, "If takes a condition and two values");
        var condition = items[0] as ScalarNode ?? throw new TemplateException(items[0].Mark, "The first argument of If is the name of a condition.");
        return Resolve(IsTrue(condition.Text, condition.Mark) ? items[1] : items[2]);
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

    private static string TextArgument(CallNode call) =>
        call.Argument is ScalarNode scalar ? scalar.Text : throw new TemplateException(call.Mark, $"{call.Function} takes a name; this is {call.Argument.Kind}.");
}
