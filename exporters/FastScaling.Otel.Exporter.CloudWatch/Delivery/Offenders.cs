namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>
/// The metrics of which CloudWatch refused a datum. Their data travel by themselves until one is accepted, so that a
/// metric which is refused every time costs the others nothing. Bounded; not thread-safe.
/// </summary>
internal sealed class Offenders
{
    /// <summary>The most names that are remembered. Data of further ones are found by taking requests apart, each time.</summary>
    public const int Capacity = 100;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public bool IsEmpty => _names.Count == 0;

    public bool Contains(string name) => _names.Contains(name);

    public void Add(string name)
    {
        if (_names.Count < Capacity)
        {
            _names.Add(name);
        }
    }

    public void Forgive(string name) => _names.Remove(name);
}
