using System.Globalization;
using FastScaling.Benchmarks.Load;
using ScottPlot;

namespace FastScaling.Benchmarks.Charts;

/// <summary>CPU per request with the exporter divided by without, a dot a pair, with median and interval.</summary>
internal static class LoadChart
{
    public static void Draw(IReadOnlyList<LoadComparison> comparisons, DirectoryInfo folder)
    {
        var plot = new Plot();
        for (var i = 0; i < comparisons.Count; i++)
        {
            var (cpu, pairs, row) = (comparisons[i].Cpu, comparisons[i].Pairs, -i);
            var interval = plot.Add.Line(cpu.Low, row, cpu.High, row);
            interval.LineWidth = 12;
            interval.Color = ChartStyle.Ours.WithAlpha(0.3);
            var dots = plot.Add.ScatterPoints(pairs.Select(static pair => pair.CpuRatio).ToArray(), pairs.Select(_ => (double)row).ToArray());
            dots.Color = ChartStyle.Others;
            var median = plot.Add.Marker(cpu.Median, row, MarkerShape.FilledDiamond, 14);
            median.Color = ChartStyle.Ours;
            plot.Add.Text(cpu.Median.ToString("0.000", CultureInfo.InvariantCulture), cpu.Median, row + 0.3);
        }

        plot.Add.VerticalLine(1, 1, Colors.Black);
        plot.Axes.Left.SetTicks([.. comparisons.Select(static (_, i) => (double)-i)], [.. comparisons.Select(static each => each.Name)]);
        plot.Title("CPU per request, with ÷ without: pairs, median, 95 % interval");
        plot.Axes.SetLimitsY(-comparisons.Count + 0.4, 0.6);
        ChartStyle.Save(plot, folder, "load", 120 + (comparisons.Count * 80));
    }
}
