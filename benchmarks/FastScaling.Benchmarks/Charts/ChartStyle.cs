using ScottPlot;

namespace FastScaling.Benchmarks.Charts;

/// <summary>What all charts have in common.</summary>
internal static class ChartStyle
{
    private const int Width = 900;

    // Pictures are drawn for screens with two pixels to the point.
    private const int Scale = 2;

    public static Color Ours { get; } = Color.FromHex("#1f77b4");

    public static Color Others { get; } = Color.FromHex("#b0b0b0");

    /// <summary>The font of all text, to be told before the first plot; another stands in for it where it is missing.</summary>
    public static string Font => "DejaVu Sans";

    public static Color ColorOf(string label) =>
        label.Contains("FastScaling", StringComparison.OrdinalIgnoreCase) || label.Contains("Ours", StringComparison.OrdinalIgnoreCase) ? Ours : Others;

    /// <summary>Saves a chart as a file whose name is made of lower-case letters and hyphens.</summary>
    public static void Save(Plot plot, DirectoryInfo folder, string name, int height)
    {
        plot.FigureBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Color.FromHex("#eeeeee");
        var path = Path.Combine(folder.ToString(), Hyphenated(name) + ".png");
        plot.ScaleFactor = Scale;
        plot.SavePng(path, Width * Scale, height * Scale);
        Console.WriteLine($"Wrote {path}.");
    }

    private static string Hyphenated(string name) => string.Concat(name.Select(static (letter, i) =>
        char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));
}
