using System.Globalization;

namespace FastScaling.Lab.Commands;

/// <summary>How long something runs: <c>60</c>, <c>60s</c>, <c>10m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    public const int Least = 10;
    public const int Most = 6 * 3600;

    /// <summary>In seconds; null when the text is none, or out of range.</summary>
    public static int? Parse(string text)
    {
        var factor = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, >= '0' and <= '9' => 1, _ => 0 };
        var digits = text.AsSpan(0, text.Length > 0 && char.IsAsciiDigit(text[^1]) ? text.Length : Math.Max(0, text.Length - 1));
        return factor > 0 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most && number * factor is >= Least and <= Most
            ? (int)(number * factor)
            : null;
    }
}
