namespace FastScaling.Lab.Scaling;

/// <summary>How far a scaling activity has come, with the names of Application Auto Scaling.</summary>
internal enum ActivityStatus
{
    /// <summary>Desired count is set; the tasks are not running yet.</summary>
    InProgress,

    /// <summary>The tasks run, or have gone.</summary>
    Successful,

    /// <summary>A later activity asked for something else before this one was fulfilled.</summary>
    Overridden,

    /// <summary>The tasks did not come in time.</summary>
    Unfulfilled,

    /// <summary>Nothing was done, and why is in the reasons.</summary>
    Failed,
}
