namespace FastScaling.Lab.Simulation;

/// <summary>An entry of the time line.</summary>
/// <param name="Seconds">Since the start of the run.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">In words.</param>
internal sealed record SimulationEvent(double Seconds, SimulationEventKind Kind, string Text);
