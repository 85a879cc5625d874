namespace FastScaling.Lab.Simulation;

/// <summary>What happened.</summary>
internal enum SimulationEventKind
{
    Surge,
    Alarm,
    Scaling,
    NotScaled,
    Task,
    Fault,
}
