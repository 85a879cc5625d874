using System.Globalization;
using ScottPlot;

namespace FastScaling.Benchmarks.Charts;

/// <summary>
/// A bar for each line of a report. Where a report has lines without any metrics, the bars show what the others add to
/// those; where bars would differ too much to be seen beside each other, the scale is logarithmic.
/// </summary>
internal static class BenchmarkChart
{
    private const double WidestLinearRange = 50;
    private static readonly string[] NoMetrics = ["Nobody", "None", "NoMetrics", "Nothing"];

    public static void Draw(BenchmarkTable table, DirectoryInfo folder)
    {
        var (rows, isAdded) = Added(table.Rows);
        var largest = rows.Max(static row => row.MeanNanoseconds);
        var (unit, factor) = largest switch
        {
            >= 1e6 => ("ms", 1e-6),
            >= 1e4 => ("µs", 1e-3),
            _ => ("ns", 1.0),
        };
        var smallest = rows.Min(static row => row.MeanNanoseconds);
        var isLogarithmic = smallest > 0 && largest / smallest > WidestLinearRange;

        // There is no zero to begin at: bars begin at the power of ten below the smallest.
        var origin = isLogarithmic ? Math.Floor(Math.Log10(smallest * factor)) : 0;
        double Place(double value) => isLogarithmic ? Math.Log10(value) - origin : value;

        var plot = new Plot();
        var bars = rows.Select((row, i) => new Bar
        {
            Position = -i,
            Value = Place(row.MeanNanoseconds * factor),
            Orientation = Orientation.Horizontal,
            FillColor = ChartStyle.ColorOf(row.Label),
            LineWidth = 0,
            Size = 0.7,
            Label = (row.MeanNanoseconds * factor).ToString("#,0.##", CultureInfo.InvariantCulture),
        }).ToArray();
        plot.Add.Bars(bars).Horizontal = true;
        plot.Axes.Left.SetTicks([.. rows.Select(static (_, i) => (double)-i)], [.. rows.Select(static row => row.Label)]);
        plot.Title($"{table.Name}: {(isAdded ? "added to no metrics" : "mean")}, {unit}{(isLogarithmic ? ", logarithmic" : string.Empty)}");
        plot.Axes.Bottom.IsVisible = !isLogarithmic;
        plot.Axes.Margins(left: 0, right: 0.2);
        ChartStyle.Save(plot, folder, table.Name, 100 + (rows.Count * 28));
    }

    private static (IReadOnlyList<BenchmarkRow> Rows, bool IsAdded) Added(IReadOnlyList<BenchmarkRow> rows)
    {
        if (rows.FirstOrDefault(static row => row.Keys.Any(IsNone))?.Keys is not { } keys)
        {
            return (rows, false);
        }

        // The column that says who listens; the others say to what.
        var column = keys.TakeWhile(static key => !IsNone(key)).Count();
        string Subject(BenchmarkRow row) => string.Join('|', row.Keys.Where((_, i) => i != column));

        var floors = rows.Where(row => IsNone(row.Keys[column])).ToLookup(Subject, static row => row.MeanNanoseconds);
        var others = rows.Where(row => !IsNone(row.Keys[column])).ToArray();
        return others.Length > 0 && others.All(row => floors.Contains(Subject(row)))
            ? ([.. others.Select(row => row with { MeanNanoseconds = row.MeanNanoseconds - floors[Subject(row)].First() })], true)
            : (rows, false);
    }

    private static bool IsNone(string key) => NoMetrics.Contains(key);
}
