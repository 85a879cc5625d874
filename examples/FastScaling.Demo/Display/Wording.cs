using System.Globalization;
using FastScaling.Demo.Load;

namespace FastScaling.Demo.Display;

/// <summary>How things are said, the same in both displays.</summary>
internal static class Wording
{
    public static string Phase(LoadPhase phase, double rate) => phase switch
    {
        LoadPhase.Surge => $"SURGE, {rate:0} requests/s",
        LoadPhase.After => $"after the surge, {rate:0} requests/s",
        LoadPhase.Ended => "the load has ended",
        _ => $"steady, {rate:0} requests/s",
    };

    /// <summary>Padded, for lines below each other.</summary>
    public static string ShortPhase(LoadPhase phase) => phase switch
    {
        LoadPhase.Surge => "SURGE ",
        LoadPhase.After => "after ",
        LoadPhase.Ended => "ended ",
        _ => "steady",
    };

    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"mm\:ss", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.0} s";

    public static string Number(double? value) => value is { } number ? number.ToString("0.0", CultureInfo.InvariantCulture) : "-";

    public static string Count(long? value) => value is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) : "-";

    public static string Utc(long second) =>
        DateTimeOffset.FromUnixTimeSeconds(second).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
