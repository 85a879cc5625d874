namespace FastScaling.Benchmarks.Gate;

/// <summary>What an export allocates.</summary>
internal sealed class ExportAllocationCheck(Budgets budgets) : IGateCheck
{
    private const int SignalData = 30;

    public IEnumerable<GateResult> Run()
    {
        yield return GateResult.OfExact(budgets["export-signals-allocation"], ExportGate.AllocatedFromMetricToBody());

        var call = ExportGate.AllocatedPerCallAsync(SignalData).GetAwaiter().GetResult(); // A console program: nothing else waits.
        yield return GateResult.OfExact(budgets["export-call-allocation"], call.Ours);

        var (conventional, ours) = ExportGate.AllocatedPerExport();
        yield return GateResult.OfExact(budgets["export-1000-allocation"], conventional / ours);
    }
}
