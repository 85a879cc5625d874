using System.Text.Json;
using FastScaling.Benchmarks.Gate;

namespace FastScaling.Benchmarks.Tests.Gate;

public class BudgetsTests
{
    [Fact]
    public void The_budgets_of_the_project_are_read()
    {
        var budgets = Budgets.Load();

        Assert.Equal(
            [
                "contention-time",
                "export-1000-allocation",
                "export-1000-speed",
                "export-call-allocation",
                "export-signals-allocation",
                "kestrel-cpu",
                "recording-added-time",
                "recording-isolated-allocation",
                "recording-isolated-time",
            ],
            budgets.All.Select(budget => budget.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1.02, budgets["kestrel-cpu"].Bound);
        Assert.Equal(BudgetLimit.AtLeast, budgets["export-1000-speed"].Limit);
        Assert.All(budgets.All, budget => Assert.NotEmpty(budget.Meaning));
    }

    [Fact]
    public void A_budget_that_is_not_in_the_file_is_named_in_the_error()
        => Assert.Contains("'no-such-budget'", Assert.Throws<ArgumentException>(() => Budgets.Load()["no-such-budget"]).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "budgets": [ { "name": "a", "limit": "around", "bound": 1, "unit": "ratio", "meaning": "m" } ] }""")]
    [InlineData("""{ "budgets": [ { "name": "a", "limit": "atMost", "unit": "ratio", "meaning": "m" } ] }""")]
    [InlineData("""{ "budgets": [ { "name": "a", "limit": "atMost", "bound": 1, "unit": "ratio", "meaning": "m", "bond": 2 } ] }""")]
    public void A_budget_that_is_written_wrong_is_refused(string text)
        => Assert.Throws<JsonException>(() => Budgets.Parse(text));
}
