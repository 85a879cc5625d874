using System.CommandLine;

namespace FastScaling.Benchmarks.Gate;

/// <summary>The release gate: measures all budgets, prints one table, and fails when one is broken.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var allocationsOnly = new Option<bool>("--allocations-only") { Description = "Only what does not depend on the speed of the machine." };
        var quick = new Option<bool>("--quick") { Description = "Fewer rounds: a first look." };
        var command = new Command("gate", "Measures the budgets of benchmarks/budgets.json; exit code 1 if one is broken.") { allocationsOnly, quick };
        command.SetAction(arguments => Run(new GateOptions(arguments.GetValue(allocationsOnly), arguments.GetValue(quick)), Console.Out));
        return command;
    }

    private static int Run(GateOptions options, TextWriter output)
    {
        var results = GateChecks.Of(Budgets.Load(), options).SelectMany(static check => check.Run()).ToList();
        GateTable.Write(results, output);
        return results.Exists(static result => result.Verdict == GateVerdict.Fail) ? 1 : 0;
    }
}
