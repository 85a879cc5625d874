namespace FastScaling.Benchmarks.Gate;

/// <summary>One row of the gate's table.</summary>
/// <param name="Name">The budget's name, or what is reported without one.</param>
/// <param name="Measured">The median, or the exact value.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Budget">Null for what is only reported.</param>
internal sealed record GateResult(string Name, double Measured, Interval Interval, string Unit, Budget? Budget)
{
    public GateVerdict Verdict => Budget switch
    {
        null => GateVerdict.Reported,
        { Limit: BudgetLimit.AtMost } budget => VerdictOf(Interval.High <= budget.Bound, Interval.Low > budget.Bound),
        { } budget => VerdictOf(Interval.Low >= budget.Bound, Interval.High < budget.Bound),
    };

    /// <summary>A measurement with its interval.</summary>
    public static GateResult Of(Budget budget, (double Median, Interval Interval) measured)
        => new(budget.Name, measured.Median, measured.Interval, budget.Unit, budget);

    /// <summary>A number that does not scatter, like allocated bytes.</summary>
    public static GateResult OfExact(Budget budget, double measured)
        => Of(budget, (measured, new Interval(measured, measured)));

    /// <summary>A measurement that no budget bounds.</summary>
    public static GateResult Report(string name, string unit, (double Median, Interval Interval) measured)
        => new(name, measured.Median, measured.Interval, unit, null);

    private static GateVerdict VerdictOf(bool isWithin, bool isBeyond)
        => isBeyond ? GateVerdict.Fail : isWithin ? GateVerdict.Pass : GateVerdict.Unclear;
}
