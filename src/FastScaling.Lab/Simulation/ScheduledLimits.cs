using FastScaling.Lab.Scaling;

namespace FastScaling.Lab.Simulation;

/// <summary>A scheduled action of the simulated service.</summary>
internal sealed record ScheduledLimits(string Name, Schedule Schedule, int? MinCapacity, int? MaxCapacity);
