namespace FastScaling.Lab.Simulation;

/// <summary>What followed a surge, in seconds from its first second. Null for never.</summary>
/// <param name="Second">When it began.</param>
/// <param name="Detected">The first alarm that acts.</param>
/// <param name="Scaled">The first rise of the desired count.</param>
/// <param name="FirstTask">The first new task that is healthy.</param>
/// <param name="EnoughCapacity">The healthy tasks could serve the load again; 0 when they always could.</param>
internal sealed record SurgeResult(int Second, double? Detected, double? Scaled, double? FirstTask, double? EnoughCapacity);
