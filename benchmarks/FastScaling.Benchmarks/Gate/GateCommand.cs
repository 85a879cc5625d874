using System.CommandLine;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Gate;

/// <summary>The release gate: measures all budgets, prints one table, and fails when one is broken.</summary>
internal static class GateCommand
{
    private const int Processes = 5;

    public static Command Create()
    {
        var allocationsOnly = new Option<bool>("--allocations-only") { Description = "Only what does not depend on the speed of the machine." };
        var quick = new Option<bool>("--quick") { Description = "Fewer rounds: a first look." };
        var reports = ReportFolder.Option();
        var rows = new Option<bool>(GateProcess.RowsOption) { Description = "One process's part, as JSON.", Hidden = true };
        var command = new Command("gate", "Measures the budgets of benchmarks/budgets.json; exit code 1 if one is broken.") { allocationsOnly, quick, rows, reports };
        command.SetAction(arguments =>
        {
            var options = new GateOptions(arguments.GetValue(allocationsOnly), arguments.GetValue(quick));
            try
            {
                return arguments.GetValue(rows) ? PrintRows(options) : Run(options, arguments.GetValue(reports)!);
            }
            catch (InvalidOperationException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    private static int PrintRows(GateOptions options)
    {
        GateProcess.Print(InThisProcess(options), Console.Out);
        return 0;
    }

    private static int Run(GateOptions options, DirectoryInfo reports)
    {
        var pooled = options.AllocationsOnly
            ? InThisProcess(options)
            : PooledResults.Of([.. Enumerable.Range(0, Processes).Select(_ => GateProcess.Run(options))]);
        var once = GateChecks.Once(Budgets.Load(), options).SelectMany(static check => check.Run());
        List<GateResult> results = [.. pooled, .. once];
        GateTable.Write(results, Console.Out);
        if (!options.AllocationsOnly && !options.IsQuick)
        {
            GateReport.Write(reports, results);
        }

        return results.Exists(static result => result.Verdict == GateVerdict.Fail) ? 1 : 0;
    }

    private static IEnumerable<GateResult> InThisProcess(GateOptions options) =>
        GateChecks.InEachProcess(Budgets.Load(), options).SelectMany(static check => check.Run());
}
