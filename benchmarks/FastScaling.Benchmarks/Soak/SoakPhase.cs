namespace FastScaling.Benchmarks.Soak;

/// <summary>A stretch of a soak run with a fault.</summary>
/// <param name="From">Its beginning, from 0 to 1 of the run.</param>
/// <param name="To">Its end.</param>
/// <param name="Fault">What CloudWatch does.</param>
internal sealed record SoakPhase(double From, double To, SoakFault Fault);
