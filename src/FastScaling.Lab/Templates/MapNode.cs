namespace FastScaling.Lab.Templates;

/// <summary>A mapping, in the order in which it is written.</summary>
internal sealed record MapNode(Mark Mark, IReadOnlyList<MapEntry> Entries) : TemplateNode(Mark)
{
    private readonly Dictionary<string, MapEntry> _byKey = Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);

    public override string Kind => "a mapping";

    public MapEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    public TemplateNode? this[string key] => Find(key)?.Value;
}
