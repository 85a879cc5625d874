namespace FastScaling.Benchmarks.Soak;

/// <summary>Something that must hold of a soak run.</summary>
/// <param name="Name">What.</param>
/// <param name="Found">What was found.</param>
/// <param name="Needed">What is needed.</param>
/// <param name="IsMet">Whether it holds.</param>
internal sealed record SoakCheck(string Name, string Found, string Needed, bool IsMet);
