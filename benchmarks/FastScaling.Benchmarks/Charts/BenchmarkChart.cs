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
        var (smallest, largest) = (rows.Min(static row => row.MeanNanoseconds), rows.Max(static row => row.MeanNanoseconds));
        var (unit, factor) = UnitOf(largest);
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
            Label = Text(row.MeanNanoseconds),
        }).ToArray();
        plot.Add.Bars(bars).Horizontal = true;
        plot.Axes.Left.SetTicks([.. rows.Select(static (_, i) => (double)-i)], [.. rows.Select(static row => row.Label)]);
        plot.Title($"{table.Name}: {(isAdded ? "added to no metrics" : "mean")}, {(isLogarithmic ? "logarithmic" : unit)}");
        plot.Axes.Bottom.IsVisible = !isLogarithmic;
        plot.Grid.XAxisStyle.IsVisible = !isLogarithmic;
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

    private static string Text(double nanoseconds)
    {
        var (unit, factor) = UnitOf(nanoseconds);
        var value = nanoseconds * factor;
        return $"{value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture)} {unit}";
    }

    private static (string Unit, double Factor) UnitOf(double nanoseconds) => nanoseconds switch
    {
        >= 1e6 => ("ms", 1e-6),
        >= 1e4 => ("µs", 1e-3),
        _ => ("ns", 1),
    };

    private static bool IsNone(string key) => NoMetrics.Contains(key);
}
