namespace FastScaling.Benchmarks.Gate;

/// <summary>One line of budgets.json.</summary>
internal sealed record Budget(string Name, BudgetLimit Limit, double Bound, string Unit, string Meaning);
