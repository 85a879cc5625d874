namespace FastScaling.Benchmarks.Gate;

/// <summary>1000 data from samples to the signed request, conventional and ours.</summary>
internal sealed class ExportSpeedCheck(Budgets budgets, GateOptions options) : IGateCheck
{
    public IEnumerable<GateResult> Run()
    {
        var rounds = options.IsQuick ? 30 : 60;

        // Each as it is used: the AWS SDK compresses with the default level, we with the fastest.
        yield return GateResult.Of(budgets["export-1000-speed"], PairedStatistics.OfMedian(ExportGate.TimeRatios(rounds)));
        yield return GateResult.Report(
            "  both with the fastest compression", "ratio", PairedStatistics.OfMedian(ExportGate.TimeRatios(rounds, Gzip.Fastest)));
        yield return GateResult.Report(
            "  both without compression", "ratio", PairedStatistics.OfMedian(ExportGate.TimeRatios(rounds, Gzip.None, Gzip.None)));
    }
}
