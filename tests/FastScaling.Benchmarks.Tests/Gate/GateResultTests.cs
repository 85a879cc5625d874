using FastScaling.Benchmarks.Gate;

namespace FastScaling.Benchmarks.Tests.Gate;

public class GateResultTests
{
    [Theory]
    [InlineData(0.40, 0.49, GateVerdict.Pass)]
    [InlineData(0.40, 0.50, GateVerdict.Pass)]
    [InlineData(0.45, 0.60, GateVerdict.Unclear)]
    [InlineData(0.50, 0.60, GateVerdict.Unclear)]
    [InlineData(0.51, 0.60, GateVerdict.Fail)]
    public void An_upper_bound_is_broken_only_when_the_whole_interval_is_above_it(double low, double high, object verdict)
        => Assert.Equal(verdict, ResultOf(BudgetLimit.AtMost, 0.5, low, high).Verdict);

    [Theory]
    [InlineData(3.1, 4.0, GateVerdict.Pass)]
    [InlineData(3.0, 4.0, GateVerdict.Pass)]
    [InlineData(2.0, 4.0, GateVerdict.Unclear)]
    [InlineData(2.0, 2.9, GateVerdict.Fail)]
    public void A_lower_bound_is_broken_only_when_the_whole_interval_is_below_it(double low, double high, object verdict)
        => Assert.Equal(verdict, ResultOf(BudgetLimit.AtLeast, 3, low, high).Verdict);

    [Theory]
    [InlineData(0, GateVerdict.Pass)]
    [InlineData(0.001, GateVerdict.Fail)]
    public void An_exact_value_is_never_unclear(double measured, object verdict)
        => Assert.Equal(verdict, GateResult.OfExact(BudgetOf(BudgetLimit.AtMost, 0), measured).Verdict);

    [Fact]
    public void What_has_no_budget_is_reported()
        => Assert.Equal(GateVerdict.Reported, GateResult.Report("prometheus-net", "ns", (1, new Interval(0, 2))).Verdict);

    private static GateResult ResultOf(BudgetLimit limit, double bound, double low, double high)
        => GateResult.Of(BudgetOf(limit, bound), ((low + high) / 2, new Interval(low, high)));

    private static Budget BudgetOf(BudgetLimit limit, double bound) => new("name", limit, bound, "ratio", "A budget.");
}
