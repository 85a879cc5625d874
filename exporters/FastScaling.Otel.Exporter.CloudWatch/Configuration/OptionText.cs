using FastScaling.Otel.Exporter.CloudWatch.Mapping;

namespace FastScaling.Otel.Exporter.CloudWatch.Configuration;

/// <summary>Texts in options: what CloudWatch takes as a name, and how they stand in messages.</summary>
internal static class OptionText
{
    /// <summary>The longest name of a namespace, a metric or a dimension.</summary>
    public const int MaxNameLength = AcceptableText.MaxNameLength;

    /// <summary>What a name of a metric or a dimension must be, for messages.</summary>
    public static readonly string AllowedName = $"1 to {MaxNameLength} printable ASCII characters, not blank, not starting with ':'";

    public static bool IsName(string? text) => IsPrintable(text, MaxNameLength) && !text!.StartsWith(':');

    public static bool IsPrintable(string? text, int maxLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maxLength && text.All(character => character is >= ' ' and <= '~');

    /// <summary>A text for a message, cut when it is long.</summary>
    public static string Shorten(string? text) => text is null ? "null" : text.Length <= 60 ? text : text[..60] + "…";

    /// <summary>What should have been a URL, for a message: a user in it comes with a password, which must not reach a log.</summary>
    public static string HideUser(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? "(hidden)" + text[text.LastIndexOf('@')..] : text;
}
