namespace FastScaling.Benchmarks.Gate;

/// <summary>How the gate is run.</summary>
/// <param name="AllocationsOnly">Only what does not depend on the machine's speed or its quiet: what continuous integration can hold.</param>
/// <param name="IsQuick">Fewer rounds, for a first look: wider intervals.</param>
internal sealed record GateOptions(bool AllocationsOnly, bool IsQuick)
{
    public int Rounds => IsQuick || AllocationsOnly ? 60 : 400;
}
