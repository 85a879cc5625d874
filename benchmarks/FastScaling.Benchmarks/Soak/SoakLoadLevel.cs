namespace FastScaling.Benchmarks.Soak;

/// <summary>The load at a moment.</summary>
/// <param name="Rate">Requests a second to each service.</param>
/// <param name="Milliseconds">How long a request works.</param>
/// <param name="RefusedEvery">Every so-manieth request is a bad one, which is answered 400; 0 for none.</param>
internal sealed record SoakLoadLevel(double Rate, int Milliseconds, int RefusedEvery);
