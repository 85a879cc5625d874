namespace FastScaling.Lab.Scaling;

/// <summary>What the number of a step means.</summary>
internal enum AdjustmentType
{
    /// <summary>Tasks to add or, when negative, to remove.</summary>
    ChangeInCapacity,

    /// <summary>The number of tasks to have.</summary>
    ExactCapacity,

    /// <summary>Percent of the capacity to add or remove.</summary>
    PercentChangeInCapacity,
}
