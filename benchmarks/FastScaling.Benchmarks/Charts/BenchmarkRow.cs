namespace FastScaling.Benchmarks.Charts;

/// <summary>One line of a report.</summary>
/// <param name="Keys">What was measured: the method and its parameters.</param>
internal sealed record BenchmarkRow(IReadOnlyList<string> Keys, double MeanNanoseconds)
{
    public string Label => string.Join(", ", Keys.Where(static key => key.Length > 0));
}
