namespace FastScaling.Lab.Simulation;

/// <summary>So many of the running tasks end without warning at a second.</summary>
internal sealed record PlannedKill(int Second, int Tasks);
