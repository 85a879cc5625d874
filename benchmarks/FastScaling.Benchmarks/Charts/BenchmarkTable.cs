using System.Globalization;

namespace FastScaling.Benchmarks.Charts;

/// <summary>A report of BenchmarkDotNet in the Markdown of GitHub, the form that is committed.</summary>
internal sealed record BenchmarkTable(string Name, IReadOnlyList<BenchmarkRow> Rows)
{
    public const string Ending = "-report-github.md";

    // All other columns say what was measured.
    private static readonly HashSet<string> Results = new(StringComparer.Ordinal)
    {
        "Mean", "Error", "StdDev", "StdErr", "Median", "Min", "Max", "Q1", "Q3", "P50", "P90", "P95", "Op/s", "Rank", "Baseline", "Ratio", "RatioSD",
        "Gen0", "Gen1", "Gen2", "Allocated", "Alloc Ratio", "Completed Work Items", "Lock Contentions", "Code Size", "Job", "Toolchain", "Runtime",
        "InvocationCount", "IterationCount", "IterationTime", "LaunchCount", "UnrollFactor", "WarmupCount", "RunStrategy", "Server", "Concurrent", "MaxIterationCount", "MinIterationCount",
    };

    public static BenchmarkTable Read(FileInfo file)
    {
        string[]? header = null;
        var rows = new List<BenchmarkRow>();
        foreach (var cells in File.ReadLines(file.FullName).Where(static line => line.StartsWith('|')).Select(Cells))
        {
            if (header is null)
            {
                header = cells;
            }
            else if (cells.Length == header.Length && Nanoseconds(cells[Math.Max(0, Array.IndexOf(header, "Mean"))]) is { } mean)
            {
                rows.Add(new BenchmarkRow([.. cells.Where((_, i) => !Results.Contains(header[i]))], mean));
            }
        }

        var name = file.Name[..^Ending.Length];
        return new BenchmarkTable(name[(name.LastIndexOf('.') + 1)..], rows);
    }

    // Numbers and names may be bold, names in quotes.
    private static string[] Cells(string line) =>
        [.. line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim().Trim('*', '\''))];

    private static double? Nanoseconds(string cell)
    {
        if (cell.Split(' ') is not [var number, var unit] || !double.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        // The micro sign and the Greek letter look the same.
        return unit switch
        {
            "ns" => value,
            "us" or "\u00b5s" or "\u03bcs" => value * 1e3,
            "ms" => value * 1e6,
            "s" => value * 1e9,
            _ => null,
        };
    }
}
