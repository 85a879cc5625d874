using System.CommandLine;
using System.Globalization;

namespace FastScaling.Lab.Commands;

/// <summary>Options that are a number of seconds or a range of them: <c>5</c> or <c>1-4</c>.</summary>
internal static class SecondsRange
{
    public static Option<string> Option(string name, string value, string description)
    {
        var option = new Option<string>(name) { HelpName = "from-to", Description = $"{description} Seconds.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && Parse(result.Tokens[0].Value) is null)
            {
                result.AddError($"{name} must be a number of seconds or a range such as {value}, up to 600, and is '{result.Tokens[0].Value}'.");
            }
        });
        return option;
    }

    /// <summary>Null when the text is none.</summary>
    public static (double Low, double High)? Parse(string text)
    {
        var parts = text.Split('-');
        return parts.Length is 1 or 2 && TryParse(parts[0], out var low) && TryParse(parts[^1], out var high) && low <= high ? (low, high) : null;
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 600;
}
