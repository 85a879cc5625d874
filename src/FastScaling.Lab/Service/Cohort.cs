namespace FastScaling.Lab.Service;

/// <summary>Requests that arrived in the same second at the same task.</summary>
/// <param name="Second">When, since the start of the simulation.</param>
/// <param name="Attempt">0 for the first try of a client.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Cohort(int Second, int Attempt, int Count);
