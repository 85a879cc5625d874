namespace FastScaling.Lab.Traffic;

/// <summary>The shapes of synthetic traffic.</summary>
internal enum ProfileKind
{
    /// <summary>A day with a night, two peaks and a few sharp surges.</summary>
    Day,

    /// <summary>One step up and, later, back.</summary>
    Step,

    /// <summary>A straight rise, a plateau and a fall.</summary>
    Ramp,

    /// <summary>Short bursts over a steady base.</summary>
    Burst,
}
