namespace FastScaling.Benchmarks.Load;

/// <summary>What the load generator counted.</summary>
internal sealed record WrkResult(long Requests, double RequestsPerSecond);
