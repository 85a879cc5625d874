namespace FastScaling.LocalCloudWatch.Validation;

/// <summary>The 27 units of CloudWatch, in its order.</summary>
internal static class StandardUnits
{
    public const string None = "None";

    private static readonly string[] All =
    [
        "Seconds", "Microseconds", "Milliseconds",
        "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes",
        "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        "Percent", "Count",
        "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
        "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second",
        "Count/Second", None,
    ];

    public static string Listed { get; } = string.Join(", ", All);

    /// <summary>-1 when there is no such unit.</summary>
    public static int IndexOf(string unit) => Array.IndexOf(All, unit);
}
