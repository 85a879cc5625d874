using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FastScaling.Lab.Templates;

/// <summary>
/// Reads YAML and JSON (which YAML contains) into nodes. It takes what CloudFormation takes: one document, no aliases, and the short forms of
/// the intrinsic functions as tags.
/// </summary>
internal sealed class TemplateParser
{
    // What CloudFormation allows for a template in S3, and far more nesting than a template has.
    private const int MaxCharacters = 1_048_576;
    private const int MaxDepth = 64;
    private const int MaxNodes = 200_000;

    private readonly Parser _parser;
    private int _depth;
    private int _nodes;

    private TemplateParser(Parser parser) => _parser = parser;

    /// <exception cref="TemplateException">The text is not a template.</exception>
    public static MapNode Parse(string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw new TemplateException(new Mark(1, 1), $"The file has {text.Length} characters; CloudFormation allows {MaxCharacters}.");
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            return new TemplateParser(parser).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new TemplateException(MarkOf(exception.Start), $"This is not YAML: {Sentence(exception.Message)}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The scanner meets some broken input with exceptions of its own.
            throw new TemplateException(MarkOf(parser.Current?.End ?? YamlDotNet.Core.Mark.Empty), $"This is not YAML: {Sentence(exception.Message)}");
        }
    }

    private static Mark MarkOf(in YamlDotNet.Core.Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Sentence(string message)
    {
        // YamlDotNet puts the place before or behind the message; ours stands elsewhere.
        var place = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        var text = (place < 0 ? message : message[(place + 3)..]).ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    private MapNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end))
        {
            throw new TemplateException(MarkOf(end.Start), "The file is empty.");
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new TemplateException(MarkOf(second.Start), "A second YAML document begins; a template is one.");
        }

        return root as MapNode ?? throw new TemplateException(root.Mark, $"A template is a mapping with Resources; this is {root.Kind}.");
    }

    private TemplateNode ReadNode()
    {
        var mark = MarkOf(_parser.Current?.Start ?? YamlDotNet.Core.Mark.Empty);
        if (++_nodes > MaxNodes)
        {
            throw new TemplateException(mark, $"The template has more than {MaxNodes} nodes.");
        }

        if (++_depth > MaxDepth)
        {
            throw new TemplateException(mark, $"The template is nested deeper than {MaxDepth} levels.");
        }

        if (_parser.Accept<AnchorAlias>(out var alias))
        {
            throw new TemplateException(MarkOf(alias.Start), "CloudFormation does not support YAML aliases.");
        }

        if (!_parser.Accept<NodeEvent>(out var next))
        {
            throw new TemplateException(mark, "A value was expected.");
        }

        mark = MarkOf(next.Start);
        TemplateNode node = next switch
        {
            Scalar => ReadScalar(mark),
            SequenceStart => ReadList(mark),
            MappingStart => ReadMap(mark),
            _ => throw new TemplateException(mark, "A value was expected."),
        };
        _depth--;
        return WithTag(node, next.Tag, mark);
    }

    private ScalarNode ReadScalar(Mark mark)
    {
        var scalar = _parser.Consume<Scalar>();
        var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new ScalarNode(mark, scalar.Value) { IsNull = isNull && scalar.Style == ScalarStyle.Plain };
    }

    private ListNode ReadList(Mark mark)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<TemplateNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode());
        }

        return new ListNode(mark, items);
    }

    private TemplateNode ReadMap(Mark mark)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<MapEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode() as ScalarNode ?? throw new TemplateException(mark, "A key of a mapping must be plain text.");
            if (!keys.Add(key.Text))
            {
                throw new TemplateException(key.Mark, $"The key '{key.Text}' is there twice.");
            }

            entries.Add(new MapEntry(key.Text, key.Mark, ReadNode()));
        }

        // The long form: a mapping with the function as its only key. "Condition: Name" is one only where a condition stands.
        if (entries is [{ } only] && FunctionOf(only.Key) is { } function)
        {
            return new CallNode(mark, function, only.Value);
        }

        return new MapNode(mark, entries);
    }

    private static string? FunctionOf(string key) =>
        key == "Ref" ? "Ref" : key.StartsWith("Fn::", StringComparison.Ordinal) ? key[4..] : null;

    private static TemplateNode WithTag(TemplateNode node, TagName tag, Mark mark)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return node;
        }

        var name = tag.Value;
        if (name.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
        {
            return node;
        }

        if (!name.StartsWith('!') || name.Length == 1)
        {
            throw new TemplateException(mark, $"The tag '{name}' is no function of CloudFormation.");
        }

        var function = name[1..];
        if (function == "GetAtt" && node is ScalarNode { Text: var text } scalar && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            // !GetAtt Resource.Attribute.Nested is [Resource, Attribute.Nested].
            node = new ListNode(node.Mark, [scalar with { Text = text[..dot] }, scalar with { Text = text[(dot + 1)..] }]);
        }

        return new CallNode(mark, function, node);
    }
}
