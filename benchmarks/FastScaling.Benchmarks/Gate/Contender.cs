namespace FastScaling.Benchmarks.Gate;

/// <summary>Something that is measured against others.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Run">Does this many operations.</param>
internal sealed record Contender(string Name, Action<int> Run);
