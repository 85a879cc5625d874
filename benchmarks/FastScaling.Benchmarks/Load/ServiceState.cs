using System.Text.Json;

namespace FastScaling.Benchmarks.Load;

/// <summary>What a process says about itself.</summary>
/// <param name="CpuSeconds">User and system time of all its threads, the exporter's among them, since its start.</param>
/// <param name="HeapBytes">Live managed memory after a full collection, or what is in use without one.</param>
/// <param name="AllocatedBytes">All that was ever allocated.</param>
/// <param name="WorkingSetBytes">Resident memory.</param>
/// <param name="Data">Data of the exporter by what became of them.</param>
internal sealed record ServiceState(
    double CpuSeconds,
    long HeapBytes,
    long AllocatedBytes,
    long WorkingSetBytes,
    IReadOnlyDictionary<string, long> Data)
{
    public static ServiceState Take(bool collect)
    {
        var heap = GC.GetTotalMemory(collect);
        return new ServiceState(
            Environment.CpuUsage.TotalTime.TotalSeconds,
            heap,
            GC.GetTotalAllocatedBytes(),
            Environment.WorkingSet,
            ExporterBooks.Read());
    }

    public string ToJson() => JsonSerializer.Serialize(this);
}
