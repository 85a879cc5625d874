using System.Buffers;
using System.Globalization;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// Names and values as CloudWatch accepts them. Printable ASCII within the length stays as it is. Anything else has an
/// underscore for each character that is not printable ASCII, is cut, and ends with <c>~</c> and twelve hexadecimal
/// digits of a hash of the original: two texts that would become equal stay apart, in every process alike.
/// </summary>
internal static class AcceptableText
{
    /// <summary>The longest name of a metric or a dimension (PutMetricData, API reference).</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest value of a dimension (Dimension, API reference).</summary>
    public const int MaxValueLength = 1024;

    private const int HashDigits = 12;
    private const int MarkLength = HashDigits + 1;

    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (char)character)]);

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>A name of a metric; it must not start with a colon either, as those of dimensions.</summary>
    public static string Name(string text) =>
        text.StartsWith(':') ? Mark(text, "_" + text[1..], MaxNameLength) : Of(text, MaxNameLength);

    /// <summary>A value of a dimension, or null when it is blank: CloudWatch takes no blank ones, so it is left out.</summary>
    public static string? Value(string? text) => string.IsNullOrWhiteSpace(text) ? null : Of(text, MaxValueLength);

    private static string Of(string text, int maxLength) =>
        text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(Printable) && !string.IsNullOrWhiteSpace(text) && !IsMarked(text)
            ? text
            : Mark(text, text, maxLength);

    // What looks marked is marked too, or it could equal a text that was.
    private static bool IsMarked(string text) =>
        text.Length >= MarkLength && text[^MarkLength] == '~' && !text.AsSpan(text.Length - HashDigits).ContainsAnyExcept(Hexadecimal);

    private static string Mark(string original, string text, int maxLength)
    {
        var result = new StringBuilder();
        foreach (var character in text.EnumerateRunes())
        {
            if (result.Length == maxLength - MarkLength)
            {
                break;
            }

            result.Append(character.Value is >= ' ' and <= '~' ? (char)character.Value : '_');
        }

        return result.Append('~').Append(Hash(original)).ToString();
    }

    /// <summary>FNV-1a over the UTF-16 units: the same in every process, which string.GetHashCode is not.</summary>
    private static string Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * 1_099_511_628_211UL);
        }

        return (hash ^ (hash >> 48)).ToString("x16", CultureInfo.InvariantCulture)[^HashDigits..];
    }
}
