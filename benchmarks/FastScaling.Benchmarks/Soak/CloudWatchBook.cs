namespace FastScaling.Benchmarks.Soak;

/// <summary>All that a CloudWatch process of a soak run took, written when it ends.</summary>
/// <param name="Series">What it holds, and what was lost.</param>
/// <param name="Calls">Requests that came in full, by the fault that they met.</param>
/// <param name="Refusals">What the local CloudWatch itself refused.</param>
internal sealed record CloudWatchBook(IReadOnlyList<HeldSeries> Series, IReadOnlyDictionary<string, int> Calls, IReadOnlyList<string> Refusals);
