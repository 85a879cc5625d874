using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FastScaling.Benchmarks.Load;

/// <summary>Writes load.md for people and load.json for the charts and the gate.</summary>
internal static class LoadReport
{
    public const string JsonName = "load.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(DirectoryInfo folder, int seconds, IReadOnlyList<LoadComparison> comparisons)
    {
        ReportFolder.Write(folder, "load.md", Markdown(seconds, comparisons));
        ReportFolder.Write(folder, JsonName, JsonSerializer.Serialize(comparisons, Indented) + "\n");
    }

    public static IReadOnlyList<LoadComparison> Read(string path) =>
        JsonSerializer.Deserialize<IReadOnlyList<LoadComparison>>(File.ReadAllText(path))!;

    private static string Markdown(int seconds, IReadOnlyList<LoadComparison> comparisons)
    {
        var text = new StringBuilder();
        text.AppendLine("# Under load").AppendLine().AppendLine(ReportFolder.Environment()).AppendLine();
        Line(text, $"With the exporter (in the last comparison: with a listener that does nothing) divided by without, median of {comparisons[0].Pairs.Count} pairs of {seconds} s halves, 95 % bootstrap interval.");
        text.AppendLine().AppendLine("| comparison | CPU per request | throughput | PutMetricData calls |").AppendLine("|---|---|---|---|");
        foreach (var each in comparisons)
        {
            Line(text, $"| {each.Name} | {Text(each.Cpu)} | {Text(each.Throughput)} | {each.PutMetricDataCalls} |");
        }

        foreach (var each in comparisons)
        {
            text.AppendLine();
            Line(text, $"## {each.Name}");
            text.AppendLine().AppendLine("| pair | order | CPU without, µs | CPU with, µs | ratio | requests/s without | requests/s with | ratio |").AppendLine("|---|---|---|---|---|---|---|---|");
            foreach (var pair in each.Pairs)
            {
                var order = pair.WithoutFirst ? "without, with" : "with, without";
                Line(text, $"| {pair.Number} | {order} | {pair.Without.CpuMicrosecondsPerRequest:0.00} | {pair.With.CpuMicrosecondsPerRequest:0.00} | {pair.CpuRatio:0.000} | {pair.Without.RequestsPerSecond:0} | {pair.With.RequestsPerSecond:0} | {pair.ThroughputRatio:0.000} |");
            }
        }

        return text.ToString();
    }

    private static string Text(MedianInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Median:0.000} ({interval.Low:0.000} to {interval.High:0.000})");

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
