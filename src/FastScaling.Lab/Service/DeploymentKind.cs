namespace FastScaling.Lab.Service;

/// <summary>How a new version replaces the old one.</summary>
internal enum DeploymentKind
{
    /// <summary>Task by task, within the limits of percent.</summary>
    Rolling,

    /// <summary>A whole second fleet, then all traffic at once.</summary>
    BlueGreen,
}
