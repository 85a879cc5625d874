using FastScaling.Lab.Simulation;

namespace FastScaling.Lab.Live;

/// <summary>An entry of the time line.</summary>
/// <param name="Seconds">Since the start of the run.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">In words.</param>
/// <param name="SinceSurge">Seconds since the last surge; null before the first.</param>
/// <param name="SincePrevious">Seconds since the entry before; null for the first.</param>
internal sealed record LabMoment(double Seconds, SimulationEventKind Kind, string Text, double? SinceSurge, double? SincePrevious);
