namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>What makes a metric one metric: namespace, name and the exact set of dimensions.</summary>
internal sealed class MetricIdentity
{
    // No name that passed validation contains a control character, so the parts cannot run into one another.
    private const char Separator = '\u0001';

    public MetricIdentity(string @namespace, string name, IEnumerable<KeyValuePair<string, string>> dimensions)
    {
        Namespace = @namespace;
        Name = name;
        var sorted = dimensions.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        Dimensions = sorted;
        Key = string.Join(Separator, [@namespace, name, .. sorted.SelectMany(static dimension => new[] { dimension.Key, dimension.Value })]);
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Dimensions { get; }

    /// <summary>Equal for equal metrics; its ordinal order is the order in which metrics are listed.</summary>
    public string Key { get; }
}
