using System.Globalization;
using FastScaling.Lab.Commands;
using FastScaling.Lab.Replay;
using Spectre.Console;

namespace FastScaling.Lab.Reports;

/// <summary>Shows a replay on a terminal.</summary>
internal static class ReplayTable
{
    public static void Write(IAnsiConsole console, ReplayResult result)
    {
        var traffic = result.Traffic;
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Traffic: {traffic.Name}, {TimeSpan.FromSeconds(traffic.Seconds)}, mean {traffic.Mean:0.0} and at most {traffic.Highest} requests a second{(traffic.MaskedSeconds > 0 ? $", {traffic.MaskedSeconds} s without a recording" : "")}."));
        console.WriteLine(AssumptionText.Of(result.Assumptions));
        var table = Terminal.Table([string.Empty, .. result.Outcomes.Select(outcome => outcome.Variant.Name)]);
        foreach (var column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        foreach (var row in SummaryRow.All)
        {
            table.AddRow([.. result.Outcomes.Select(row.Text).Prepend(row.Label).Select(text => new Text(text))]);
        }

        console.Write(table);
        foreach (var outcome in result.Outcomes)
        {
            foreach (var note in outcome.Notes)
            {
                console.WriteLine($"{outcome.Variant.Name}: {note}");
            }
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Simulated in {result.Elapsed.TotalSeconds:0.0} s. Models and not AWS: compare variants, and measure your own service."));
    }
}
