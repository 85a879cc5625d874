namespace FastScaling.Benchmarks.Load;

/// <summary>One stretch of load on one service.</summary>
internal sealed record LoadWindow(double CpuMicrosecondsPerRequest, double RequestsPerSecond, long Requests);
