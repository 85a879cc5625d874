using System.Globalization;
using System.Text;
using FastScaling.Benchmarks.Gate;
using FastScaling.Benchmarks.Load;

namespace FastScaling.Benchmarks.Starting;

/// <summary>Writes start.md.</summary>
internal static class StartReport
{
    public static void Write(DirectoryInfo folder, IReadOnlyList<StartComparison> comparisons) =>
        ReportFolder.Write(folder, "start.md", Markdown(comparisons));

    private static string Markdown(IReadOnlyList<StartComparison> comparisons)
    {
        var text = new StringBuilder();
        text.AppendLine("# Start").AppendLine().AppendLine(ReportFolder.Environment()).AppendLine();
        Line(text, $"From the start of the process until the host has started, in ms. Added: median of the differences of {comparisons[0].With.Count} pairs, 95 % bootstrap interval.");
        text.AppendLine().AppendLine("| service | without, median | with, median | added |").AppendLine("|---|---|---|---|");
        foreach (var each in comparisons)
        {
            var added = each.Added;
            Line(text, $"| {each.Name} | {PairedStatistics.Median(each.Without):0} | {PairedStatistics.Median(each.With):0} | {added.Median:0.0} ({added.Low:0.0} to {added.High:0.0}) |");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
