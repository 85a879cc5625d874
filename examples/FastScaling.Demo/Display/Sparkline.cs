namespace FastScaling.Demo.Display;

/// <summary>Values as columns of a character each, relative to the largest.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Ascii = "_.:-=+*#";

    /// <summary>A second without a value is a blank, one of zero the lowest column.</summary>
    public static string Of(IReadOnlyList<double?> values, bool isUnicode)
    {
        var levels = isUnicode ? Blocks : Ascii;
        var largest = values.Max() ?? 0;
        return string.Concat(values.Select(value => value switch
        {
            null => ' ',
            <= 0 => levels[0],
            { } number => levels[(int)Math.Round(number / largest * (levels.Length - 1))],
        }));
    }
}
