using System.Globalization;
using System.Text.RegularExpressions;

namespace FastScaling.Lab.Templates;

/// <summary>The parameters of a template with the values of one deployment, checked as CloudFormation checks them.</summary>
internal sealed class TemplateParameters
{
    // A pattern of a template must not hang the tool.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, TemplateNode> _values = new(StringComparer.Ordinal);

    /// <exception cref="TemplateException">A parameter is wrong in the template, or the value given is not allowed.</exception>
    public TemplateParameters(MapNode? section, IReadOnlyDictionary<string, string> given)
    {
        foreach (var entry in section?.Entries ?? [])
        {
            _values[entry.Key] = ValueOf(entry, given.GetValueOrDefault(entry.Key));
        }

        foreach (var name in given.Keys.Where(name => !_values.ContainsKey(name)))
        {
            var known = _values.Count == 0 ? "the template has none" : $"the template has {string.Join(", ", _values.Keys)}";
            throw new TemplateException(section?.Mark ?? new Mark(1, 1), $"There is no parameter '{name}'; {known}.");
        }
    }

    public TemplateNode? Find(string name) => _values.GetValueOrDefault(name);

    private static TemplateNode ValueOf(MapEntry entry, string? given)
    {
        var definition = entry.Value as MapNode
            ?? throw new TemplateException(entry.Value.Mark, $"The parameter '{entry.Key}' must be a mapping with a Type; this is {entry.Value.Kind}.");
        var type = TextOf(definition["Type"], entry, "Type")
            ?? throw new TemplateException(entry.KeyMark, $"The parameter '{entry.Key}' has no Type.");
        var fallback = TextOf(definition["Default"], entry, "Default");
        var mark = definition.Find("Default")?.Value.Mark ?? entry.KeyMark;
        if ((given ?? fallback) is not { } text)
        {
            return Unknown(entry, $"the parameter {entry.Key} has no default; give it with --parameter {entry.Key}=…");
        }

        if (type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal))
        {
            return Unknown(entry, $"the parameter {entry.Key} is read from the Systems Manager parameter '{text}' when the stack is deployed");
        }

        Check(entry, definition, type, text, mark);
        var isList = type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal);
        return isList
            ? new ListNode(mark, [.. text.Split(',', StringSplitOptions.TrimEntries).Select(item => new ScalarNode(mark, item))])
            : new ScalarNode(mark, text);
    }

    private static ScalarNode Unknown(MapEntry entry, string reason) => new(entry.KeyMark, "{" + entry.Key + "}") { Unknown = reason };

    private static string? TextOf(TemplateNode? node, MapEntry entry, string name) => node switch
    {
        null => null,
        ScalarNode scalar => scalar.Text,
        _ => throw new TemplateException(node.Mark, $"{name} of the parameter '{entry.Key}' must be a value; this is {node.Kind}."),
    };

    private static void Check(MapEntry entry, MapNode definition, string type, string text, Mark mark)
    {
        var isNumber = type is "Number" or "List<Number>";
        foreach (var item in type == "List<Number>" ? text.Split(',', StringSplitOptions.TrimEntries) : [text])
        {
            if (isNumber && !double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                throw Wrong("a number");
            }
        }

        if (definition["AllowedValues"] is ListNode allowed)
        {
            var values = allowed.Items.OfType<ScalarNode>().Select(item => item.Text).ToArray();
            if (!values.Contains(text, StringComparer.Ordinal))
            {
                throw Wrong(string.Join(", ", values));
            }
        }

        if (TextOf(definition["AllowedPattern"], entry, "AllowedPattern") is { } pattern && !Matches(text, pattern, definition["AllowedPattern"]!.Mark))
        {
            throw Wrong($"what matches {pattern}");
        }

        if (isNumber && type == "Number")
        {
            var value = double.Parse(text, CultureInfo.InvariantCulture);
            CheckBound("MinValue", value, isLeast: true, "at least");
            CheckBound("MaxValue", value, isLeast: false, "at most");
        }
        else
        {
            CheckBound("MinLength", text.Length, isLeast: true, "a length of at least");
            CheckBound("MaxLength", text.Length, isLeast: false, "a length of at most");
        }

        void CheckBound(string name, double value, bool isLeast, string words)
        {
            if (TextOf(definition[name], entry, name) is { } bound
                && double.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
                && (isLeast ? value < limit : value > limit))
            {
                throw Wrong($"{words} {bound}");
            }
        }

        TemplateException Wrong(string allowedText) => new(mark, $"The parameter {entry.Key} cannot be '{text}'; allowed is {allowedText}.");
    }

    private static bool Matches(string text, string pattern, Mark mark)
    {
        try
        {
            return Regex.IsMatch(text, $@"^(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception exception) when (exception is RegexParseException or RegexMatchTimeoutException)
        {
            throw new TemplateException(mark, $"The AllowedPattern cannot be used: {exception.Message}");
        }
    }
}
