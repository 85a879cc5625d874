namespace FastScaling.Benchmarks.Load;

/// <summary>Two stretches of load next to each other in time, which share the mood of the machine.</summary>
/// <param name="WithoutFirst">Which came first; that alternates.</param>
internal sealed record LoadPair(int Number, bool WithoutFirst, LoadWindow Without, LoadWindow With)
{
    public double CpuRatio => With.CpuMicrosecondsPerRequest / Without.CpuMicrosecondsPerRequest;

    public double ThroughputRatio => With.RequestsPerSecond / Without.RequestsPerSecond;
}
