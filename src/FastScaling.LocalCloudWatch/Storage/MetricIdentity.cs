namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>What makes a metric one metric: namespace, name and the exact set of dimensions.</summary>
internal sealed class MetricIdentity : IEquatable<MetricIdentity>
{
    // No name that passed validation contains a control character, so the parts cannot run into one another.
    private const char Separator = '\u0001';

    private readonly int _hash;

    public MetricIdentity(string @namespace, string name, IEnumerable<KeyValuePair<string, string>> dimensions)
    {
        Namespace = @namespace;
        Name = name;
        var sorted = dimensions.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        Dimensions = sorted;
        Key = string.Join(Separator, [@namespace, name, .. sorted.SelectMany(static dimension => new[] { dimension.Key, dimension.Value })]);
        _hash = Key.GetHashCode(StringComparison.Ordinal);
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; }

    /// <summary>Equal for equal metrics; its ordinal order is the order in which metrics are listed.</summary>
    public string Key { get; }

    public bool Equals(MetricIdentity? other) => ReferenceEquals(this, other) || (_hash == other?._hash && Key == other.Key);

    public override bool Equals(object? obj) => Equals(obj as MetricIdentity);

    public override int GetHashCode() => _hash;
}
