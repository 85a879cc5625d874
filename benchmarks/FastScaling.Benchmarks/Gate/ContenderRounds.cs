namespace FastScaling.Benchmarks.Gate;

/// <summary>What one contender took, round by round.</summary>
/// <param name="Nanoseconds">Per operation, in each round.</param>
/// <param name="AllocatedBytes">In all rounds together, by the measuring thread.</param>
/// <param name="Operations">In all rounds together.</param>
internal sealed record ContenderRounds(double[] Nanoseconds, long AllocatedBytes, long Operations)
{
    public double BytesPerOperation => (double)AllocatedBytes / Operations;
}
