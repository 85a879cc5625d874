namespace FastScaling.Lab.Service;

/// <summary>A time in which the shared dependency is slow.</summary>
/// <param name="FromSecond">Since the start of the simulation.</param>
/// <param name="ToSecond">Not included.</param>
/// <param name="Latency">Of each request to it in that time.</param>
internal sealed record DependencyEpisode(int FromSecond, int ToSecond, TimeSpan Latency);
