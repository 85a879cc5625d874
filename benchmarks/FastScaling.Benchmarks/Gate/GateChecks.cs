namespace FastScaling.Benchmarks.Gate;

/// <summary>The checks of the gate, in the order of its table.</summary>
internal static class GateChecks
{
    public static IEnumerable<IGateCheck> Of(Budgets budgets, GateOptions options)
    {
        yield return new RequestRecordingCheck(budgets, options);
        if (!options.AllocationsOnly)
        {
            yield return new AddedRecordingCheck(budgets, options);
            yield return new ContentionCheck(budgets, options);
        }
    }
}
