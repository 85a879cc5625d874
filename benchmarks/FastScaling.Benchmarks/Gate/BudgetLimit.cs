namespace FastScaling.Benchmarks.Gate;

/// <summary>On which side of its bound a measured value must be.</summary>
internal enum BudgetLimit
{
    AtMost,
    AtLeast,
}
