namespace FastScaling.Benchmarks.Soak;

/// <summary>What happens when, in parts of the run: an hour has every fault for two minutes, and later again for one.</summary>
internal static class SoakPlan
{
    /// <summary>The load repeats itself so often, three times in each quarter: quarters can be compared.</summary>
    public const int Cycles = 12;

    /// <summary>When one of the two services is stopped and started anew.</summary>
    public const double Restart = 36 / 60.0;

    /// <summary>The faults, in order. At the end there is time for the backlog.</summary>
    public static IReadOnlyList<SoakPhase> Phases { get; } =
    [
        Phase(8, 2, SoakFault.Errors),
        Phase(12, 2, SoakFault.Throttled),
        Phase(16, 2, SoakFault.Slow),
        Phase(19, 1, SoakFault.Hang),
        Phase(22, 2, SoakFault.Cut),
        Phase(26, 2, SoakFault.Garbage),
        Phase(30, 2, SoakFault.Down),
        Phase(40, 1, SoakFault.Errors),
        Phase(42, 1, SoakFault.Throttled),
        Phase(44, 1, SoakFault.Slow),
        Phase(46, 1, SoakFault.Cut),
        Phase(48, 1, SoakFault.Garbage),
        Phase(51, 1, SoakFault.Hang),
    ];

    /// <summary>The fault at a moment, from 0 to 1 of the run.</summary>
    public static SoakFault FaultAt(double moment) =>
        Phases.FirstOrDefault(phase => moment >= phase.From && moment < phase.To)?.Fault ?? SoakFault.None;

    /// <summary>The load at a moment, from 0 to 1 of the run: calm, a surge, nothing, slow requests, some that are refused.</summary>
    public static SoakLoadLevel LoadAt(double moment) => (moment * Cycles % 1) switch
    {
        < 0.40 => new SoakLoadLevel(20, 20, 0),
        < 0.55 => new SoakLoadLevel(200, 20, 0),
        < 0.75 => new SoakLoadLevel(0, 0, 0),
        < 0.85 => new SoakLoadLevel(40, 600, 0),
        _ => new SoakLoadLevel(60, 20, 20),
    };

    private static SoakPhase Phase(double minute, double minutes, SoakFault fault) => new(minute / 60, (minute + minutes) / 60, fault);
}
