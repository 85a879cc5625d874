namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// A number of things that are there, from ups and downs of which the first ups may have been missed: they came before
/// anyone listened. A number below zero shows how many; from then on they are added.
/// </summary>
internal sealed class Level
{
    private long _lowest;

    /// <summary>The true number, as far as can be known; never negative.</summary>
    public long Of(long measured)
    {
        _lowest = Math.Min(_lowest, measured);
        return measured - _lowest;
    }
}
