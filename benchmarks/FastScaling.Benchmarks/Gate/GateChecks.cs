namespace FastScaling.Benchmarks.Gate;

/// <summary>The checks of the gate, in the order of its table.</summary>
internal static class GateChecks
{
    /// <summary>What differs from process to process, as code and memory lie: measured in several of them.</summary>
    public static IEnumerable<IGateCheck> InEachProcess(Budgets budgets, GateOptions options)
    {
        yield return new RequestRecordingCheck(budgets, options);
        if (!options.AllocationsOnly)
        {
            yield return new AddedRecordingCheck(budgets, options);
            yield return new ContentionCheck(budgets, options);
            yield return new ExportSpeedCheck(budgets, options);
        }
    }

    /// <summary>What is measured once.</summary>
    public static IEnumerable<IGateCheck> Once(Budgets budgets, GateOptions options)
    {
        yield return new ExportAllocationCheck(budgets);
        if (!options.AllocationsOnly)
        {
            yield return new KestrelCheck(budgets, options);
        }
    }
}
