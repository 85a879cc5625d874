using System.CommandLine;
using System.Globalization;
using FastScaling.Lab.Checks;
using FastScaling.Lab.Costs;
using FastScaling.Lab.Templates;
using Spectre.Console;

namespace FastScaling.Lab.Commands;

/// <summary><c>fastscaling cost</c>: prices a fleet.</summary>
internal static class CostCommand
{
    // A small metric set and a large one, as log lines (bytes).
    private static readonly int[] LogLines = [600, 1500];

    public static Command Create()
    {
        var tasks = new Option<double[]>("--tasks") { HelpName = "number", Description = "Tasks, in the mean; several give several rows.", DefaultValueFactory = static _ => [2, 10, 50, 100, 500], AllowMultipleArgumentsPerToken = true };
        tasks.Validators.Add(static result =>
        {
            if (result.Tokens.Any(token => !double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value is > 0 and <= 100_000)))
            {
                result.AddError("--tasks must be numbers above 0 and up to 100000.");
            }
        });
        var interval = CommonOptions.Real("--interval", "seconds", 5, 1, 300, "Seconds between two calls of a task (option ExportInterval).");
        var quietShare = CommonOptions.Real("--quiet-share", "share", 0, 0, 1, "The share of the time in which the service is quiet and sends less often.");
        var quietInterval = CommonOptions.Real("--quiet-interval", "seconds", 60, 1, 300, "Seconds between two calls while quiet (option QuietExportInterval).");
        var processors = CommonOptions.Real("--vcpu", "number", 1, 0.25, 16, "Processors of a task.");
        var memory = CommonOptions.Real("--memory", "GB", 2, 0.5, 120, "Memory of a task.");
        var template = new Option<string?>("--template", "-t") { HelpName = "file", Description = $"Counts alarms and takes interval and task size from it. {TemplateFiles.Help}" };
        var parameters = CommonOptions.Parameters();
        var command = new Command("cost", "Prices a fleet for a month: calls, metrics and alarms, as a share of what the tasks cost, and against the embedded metric format.")
        {
            tasks, interval, quietShare, quietInterval, processors, memory, template, parameters,
        };
        command.SetAction(parsed =>
        {
            var cost = parsed.GetValue(template) is { } name ? With(new FleetCost(), TemplateFiles.Load(name, parsed.GetValue(parameters)!)) : new FleetCost();
            cost = cost with
            {
                ExportInterval = Given(interval, cost.ExportInterval),
                QuietShare = parsed.GetValue(quietShare),
                QuietInterval = parsed.GetValue(quietInterval),
                Processors = Given(processors, cost.Processors),
                Gigabytes = Given(memory, cost.Gigabytes),
            };
            Show(cost, parsed.GetValue(tasks)!);
            return ExitCode.Clean;

            // What is given wins over the template.
            double Given(Option<double> option, double otherwise) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : otherwise;
        });
        return command;
    }

    /// <summary>The alarms, the interval and the size of a task that a template has.</summary>
    private static FleetCost With(FleetCost cost, ScalingTemplate template)
    {
        var context = new CheckContext(template);
        return cost with
        {
            FastAlarmMetrics = template.Alarms.Where(alarm => alarm.Period is > 0 and < 60).Sum(alarm => alarm.AllMetrics.Count()),
            SlowAlarmMetrics = template.Alarms.Where(alarm => alarm.Period >= 60).Sum(alarm => alarm.AllMetrics.Count()),
            Metrics = context.Published.Names.Count(),
            ExportInterval = context.Published.Options.ExportInterval.TotalSeconds,
            Processors = context.Task?.Cpu / 1024.0 ?? cost.Processors,
            Gigabytes = context.Task?.Memory / 1024.0 ?? cost.Gigabytes,
        };
    }

    private static void Show(FleetCost cost, IEnumerable<double> tasks)
    {
        var console = Terminal.Create();
        var table = Terminal.Table(["tasks", "calls", "metrics", "alarms", "total / month", "tasks cost", "share", .. LogLines.Select(bytes => $"EMF, {bytes} B lines")]);
        foreach (var column in table.Columns)
        {
            column.RightAligned();
        }

        foreach (var count in tasks)
        {
            var row = cost with { Tasks = count };
            table.AddRow(
            [
                count.ToString("0.##", CultureInfo.InvariantCulture), Dollars(row.Calls), Dollars(row.MetricFees), Dollars(row.AlarmFees), Dollars(row.Total), Dollars(row.TaskFees),
                (row.Total / row.TaskFees).ToString("0.0 %", CultureInfo.InvariantCulture), .. LogLines.Select(bytes => Dollars(row.AsLogs(bytes) + row.MetricFees + row.AlarmFees)),
            ]);
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A call each {cost.ExportInterval:0.##} s ({cost.QuietShare:0 %} of the time each {cost.QuietInterval:0.##} s): {cost.CallsPerTask:N0} calls a month and task; {cost.Metrics} metrics; {cost.FastAlarmMetrics} alarm metrics below a minute, {cost.SlowAlarmMetrics} others; tasks of {cost.Processors:0.##} vCPU and {cost.Gigabytes:0.##} GB."));
        console.WriteLine($"Prices: {PriceList.Source}, before the free tier (1 million calls, 10 metrics). EMF: log intake only, with the same metrics and alarms.");
        console.WriteLine("Not priced, since no price is known here: the OTLP endpoint of CloudWatch, and the 20-second metrics of ECS.");
    }

    private static string Dollars(double value) => value.ToString("$#,##0.00", CultureInfo.InvariantCulture);
}
