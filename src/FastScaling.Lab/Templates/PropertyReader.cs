using System.Globalization;

namespace FastScaling.Lab.Templates;

/// <summary>Reads the properties of one mapping of a resource, with errors that name the property and the resource.</summary>
internal readonly struct PropertyReader(MapNode map, string owner)
{
    public MapNode Map { get; } = map;

    public string Owner { get; } = owner;

    /// <summary>The place of a property, or of the mapping when it is not there.</summary>
    public Mark MarkOf(string name) => Map.Find(name)?.KeyMark ?? Map.Mark;

    public ScalarNode? Scalar(string name) => Map[name] switch
    {
        null or ScalarNode { IsNull: true } => null,
        ScalarNode scalar => scalar,
        { } other => throw new TemplateException(other.Mark, $"{name} of {Owner} must be a value; this is {other.Kind}."),
    };

    public string? Text(string name) => Scalar(name)?.Text;

    public string RequiredText(string name) => Text(name) ?? throw new TemplateException(Map.Mark, $"{Owner} has no {name}.");

    public double? Number(string name) => Scalar(name) is not { } scalar ? null
        : scalar.Unknown is { } reason ? throw new TemplateException(scalar.Mark, $"{name} of {Owner} is not known: {reason}.")
        : double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw new TemplateException(scalar.Mark, $"{name} of {Owner} must be a number, and is '{scalar.Text}'.");

    public double RequiredNumber(string name) => Number(name) ?? throw new TemplateException(Map.Mark, $"{Owner} has no {name}.");

    public int? Integer(string name) => Number(name) is not { } value ? null
        : value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue ? (int)value
        : throw new TemplateException(Scalar(name)!.Mark, $"{name} of {Owner} must be a whole number, and is {value.ToString(CultureInfo.InvariantCulture)}.");

    public int RequiredInteger(string name) => Integer(name) ?? throw new TemplateException(Map.Mark, $"{Owner} has no {name}.");

    public bool? Boolean(string name) => Scalar(name) is not { } scalar ? null
        : scalar.Unknown is { } reason ? throw new TemplateException(scalar.Mark, $"{name} of {Owner} is not known: {reason}.")
        : bool.TryParse(scalar.Text, out var value) ? value
        : throw new TemplateException(scalar.Mark, $"{name} of {Owner} must be true or false, and is '{scalar.Text}'.");

    /// <summary>The items of a list; a single value is a list of one, as in IAM.</summary>
    public IReadOnlyList<TemplateNode> List(string name) => Map[name] switch
    {
        null or ScalarNode { IsNull: true } => [],
        ListNode list => list.Items,
        { } single => [single],
    };

    public IReadOnlyList<ScalarNode> Texts(string name)
    {
        var owner = Owner;
        return [.. List(name).Select(item => item as ScalarNode ?? throw new TemplateException(item.Mark, $"{name} of {owner} must hold values; this is {item.Kind}."))];
    }

    public IReadOnlyList<PropertyReader> Maps(string name)
    {
        var owner = Owner;
        return [.. List(name).Select(item => new PropertyReader(
            item as MapNode ?? throw new TemplateException(item.Mark, $"{name} of {owner} must hold mappings; this is {item.Kind}."), owner))];
    }

    public PropertyReader? Child(string name) => Map[name] switch
    {
        null or ScalarNode { IsNull: true } => null,
        MapNode child => new PropertyReader(child, Owner),
        { } other => throw new TemplateException(other.Mark, $"{name} of {Owner} must be a mapping; this is {other.Kind}."),
    };
}
