namespace FastScaling.Benchmarks.Soak;

/// <summary>A second of a series.</summary>
/// <param name="Second">Since the Unix epoch.</param>
/// <param name="Count">The number of samples.</param>
/// <param name="Sum">Their sum.</param>
internal readonly record struct HeldPoint(long Second, double Count, double Sum);
