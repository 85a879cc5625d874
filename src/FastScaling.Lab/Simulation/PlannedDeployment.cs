using FastScaling.Lab.Service;

namespace FastScaling.Lab.Simulation;

/// <summary>A deployment that begins at a second.</summary>
internal sealed record PlannedDeployment(int Second, DeploymentKind Kind);
