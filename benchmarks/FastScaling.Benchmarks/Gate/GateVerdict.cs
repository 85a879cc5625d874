namespace FastScaling.Benchmarks.Gate;

internal enum GateVerdict
{
    /// <summary>The whole interval is within the bound.</summary>
    Pass,

    /// <summary>The interval contains the bound: nothing is proved, and the gate stays open.</summary>
    Unclear,

    /// <summary>The whole interval is beyond the bound.</summary>
    Fail,

    /// <summary>Measured for the reader, without a budget.</summary>
    Reported,
}
