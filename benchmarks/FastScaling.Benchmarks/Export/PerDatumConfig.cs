using BenchmarkDotNet.Configs;

namespace FastScaling.Benchmarks;

/// <summary>Adds the columns per datum.</summary>
public sealed class PerDatumConfig : ManualConfig
{
    public PerDatumConfig() => AddColumn(
        new PerDatumColumn("Time/datum", "ns", (report, _) => report.ResultStatistics?.Mean),
        new PerDatumColumn("Allocated/datum", "B", (report, benchmark) => report.GcStats.GetBytesAllocatedPerOperation(benchmark)));
}
