using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Replay;

/// <summary>The runs of one variant.</summary>
/// <param name="Variant">What was run.</param>
/// <param name="Base">Under the assumptions given.</param>
/// <param name="Range">All runs, that of <paramref name="Base"/> among them; more than one when ranges were asked for.</param>
/// <param name="Result">The time line and the seconds of the base.</param>
/// <param name="Notes">What of the template the simulation leaves out, and findings that bear on it.</param>
internal sealed record ReplayOutcome(
    ReplayVariant Variant, ReplaySummary Base, IReadOnlyList<ReplaySummary> Range, SimulationResult Result, IReadOnlyList<string> Notes);
