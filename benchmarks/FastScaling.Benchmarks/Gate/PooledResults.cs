namespace FastScaling.Benchmarks.Gate;

/// <summary>The rows of several processes as one: the median of their medians, with the interval that they scatter in.</summary>
internal static class PooledResults
{
    public static IEnumerable<GateResult> Of(IReadOnlyList<IReadOnlyList<GateResult>> processes)
    {
        for (var row = 0; row < processes[0].Count; row++)
        {
            var results = processes.Select(process => process[row]).ToList();
            var isExact = results.TrueForAll(static result => result.Interval.Low == result.Interval.High);
            var values = results.ConvertAll(static result => result.Measured);
            if (isExact)
            {
                // Bytes: the process that allocated most.
                yield return results[0] with { Measured = values.Max(), Interval = new Interval(values.Max(), values.Max()) };
            }
            else
            {
                var (median, interval) = PairedStatistics.OfMedian(values);
                yield return results[0] with { Measured = median, Interval = interval };
            }
        }
    }
}
