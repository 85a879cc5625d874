using System.Globalization;

namespace FastScaling.Benchmarks.Gate;

/// <summary>The gate's results for a reader.</summary>
internal static class GateTable
{
    public static void Write(IReadOnlyList<GateResult> results, TextWriter output)
    {
        output.WriteLine(Format("budget", "measured", "95 % interval", "unit", "bound", "verdict"));
        output.WriteLine(new string('-', 118));
        foreach (var result in results)
        {
            output.WriteLine(Format(
                result.Name,
                Number(result.Measured),
                result.Interval.Low == result.Interval.High
                    ? "exact"
                    : $"{Number(result.Interval.Low)} .. {Number(result.Interval.High)}",
                result.Unit,
                result.Budget is { } budget ? (budget.Limit == BudgetLimit.AtMost ? "<= " : ">= ") + Number(budget.Bound) : "",
                VerdictText(result.Verdict)));
        }

        foreach (var broken in results.Where(static result => result.Verdict == GateVerdict.Fail))
        {
            output.WriteLine();
            output.WriteLine($"Broken: {broken.Name}. {broken.Budget!.Meaning}");
        }
    }

    private static string Format(string name, string measured, string interval, string unit, string bound, string verdict)
        => $"{name,-50} {measured,10} {interval,23} {unit,-8} {bound,12}  {verdict}".TrimEnd();

    private static string Number(double value) => value.ToString(Math.Abs(value) < 100 ? "0.###" : "0", CultureInfo.InvariantCulture);

    private static string VerdictText(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => "pass",
        GateVerdict.Unclear => "pass (the interval contains the bound)",
        GateVerdict.Fail => "FAIL",
        _ => "(reported)",
    };
}
