using System.Globalization;
using FastScaling.Benchmarks.Experiments.Starving;
using ScottPlot;

namespace FastScaling.Benchmarks.Charts;

/// <summary>When calls came, from shortly before a starvation of the thread pool to shortly after.</summary>
internal static class StarvationChart
{
    public static void Draw(IReadOnlyList<StarvationOutcome> outcomes, DirectoryInfo folder)
    {
        var plot = new Plot();
        var labels = new List<string>();
        foreach (var outcome in outcomes)
        {
            var interval = outcome.ExportIntervalSeconds.ToString(CultureInfo.InvariantCulture);
            Add(plot, labels, $"Exporter, every {interval} s", outcome.Exporter, ChartStyle.Ours);
            Add(plot, labels, $"Timer and HttpClient, every {interval} s", outcome.Conventional, Color.FromHex("#d62728"));
        }

        var starved = plot.Add.HorizontalSpan(0, outcomes.Max(static outcome => outcome.StarvedSeconds));
        starved.FillColor = Colors.Orange.WithAlpha(0.15);
        starved.LineStyle.Width = 0;
        plot.Axes.Left.SetTicks([.. labels.Select(static (_, i) => (double)-i)], [.. labels]);
        plot.Title("Calls that came; the thread pool is starved where the ground is coloured");
        plot.XLabel("seconds since the starvation began");
        plot.Axes.SetLimitsY(-labels.Count + 0.4, 0.6);
        ChartStyle.Save(plot, folder, "starvation", 140 + (labels.Count * 40));
    }

    private static void Add(Plot plot, List<string> labels, string label, CallSchedule calls, Color color)
    {
        if (calls.At.Count > 0)
        {
            var dots = plot.Add.ScatterPoints(calls.At.ToArray(), calls.At.Select(_ => (double)-labels.Count).ToArray());
            dots.Color = color;
        }

        labels.Add(label);
    }
}
