using System.CommandLine;
using FastScaling.Benchmarks.Experiments;
using FastScaling.Benchmarks.Load;
using ScottPlot;

namespace FastScaling.Benchmarks.Charts;

/// <summary>Draws the charts of docs/benchmarks.md from the committed reports. What has no report is named and left out.</summary>
internal static class ChartsCommand
{
    public static Command Create()
    {
        var reports = ReportFolder.Option();
        var images = new Option<DirectoryInfo>("--images")
        {
            Description = "The folder of the charts.",
            DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("docs", "images")),
        };
        var command = new Command("charts", "Draws charts from the reports.") { reports, images };
        command.SetAction(result =>
        {
            var (from, to) = (result.GetValue(reports)!, result.GetValue(images)!);
            to.Create();
            Fonts.Default = ChartStyle.Font;
            DrawBenchmarks(from, to);
            Draw(from, LoadReport.JsonName, path => LoadChart.Draw(LoadReport.Read(path), to));
            Draw(from, ExperimentsReport.JsonName, path => StarvationChart.Draw(ExperimentsReport.Read(path).Starvation, to));
        });
        return command;
    }

    private static void DrawBenchmarks(DirectoryInfo from, DirectoryInfo to)
    {
        var paths = from.Exists ? from.GetFiles("*" + BenchmarkTable.Ending, SearchOption.AllDirectories) : [];
        if (paths.Length == 0)
        {
            Console.WriteLine($"Skipped the charts of benchmarks: no *{BenchmarkTable.Ending} in {from}.");
        }

        foreach (var path in paths.OrderBy(static path => path.Name, StringComparer.Ordinal))
        {
            var table = BenchmarkTable.Read(path);
            if (table.Rows.Count == 0)
            {
                Console.WriteLine($"Skipped {path.Name}: there is no row with a mean in it.");
                continue;
            }

            BenchmarkChart.Draw(table, to);
        }
    }

    private static void Draw(DirectoryInfo from, string name, Action<string> draw)
    {
        var path = Path.Combine(from.ToString(), name);
        if (File.Exists(path))
        {
            draw(path);
        }
        else
        {
            Console.WriteLine($"Skipped: there is no {path}.");
        }
    }
}
