namespace FastScaling.Benchmarks.Gate;

/// <summary>Measures one or more budgets.</summary>
internal interface IGateCheck
{
    IEnumerable<GateResult> Run();
}
