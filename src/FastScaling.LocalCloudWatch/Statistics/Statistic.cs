using System.Globalization;
using System.Text.RegularExpressions;

namespace FastScaling.LocalCloudWatch.Statistics;

/// <summary>A statistic by its name in the API.</summary>
/// <param name="Name">As the client wrote it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Percent">For a percentile: 0 to 100.</param>
internal sealed partial record Statistic(string Name, StatisticKind Kind, double Percent = 0)
{
    /// <summary>Whether the single values must be known.</summary>
    public bool NeedsValues => Kind == StatisticKind.Percentile;

    /// <summary>One of the five plain statistics, or null.</summary>
    public static Statistic? Plain(string name) => name switch
    {
        "SampleCount" => new(name, StatisticKind.SampleCount),
        "Average" => new(name, StatisticKind.Average),
        "Sum" => new(name, StatisticKind.Sum),
        "Minimum" => new(name, StatisticKind.Minimum),
        "Maximum" => new(name, StatisticKind.Maximum),
        _ => null,
    };

    /// <summary>A percentile such as p50, p99.9 or p100, or null.</summary>
    public static Statistic? Percentile(string name) => PercentilePattern().IsMatch(name)
        ? new(name, StatisticKind.Percentile, double.Parse(name.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture))
        : null;

    /// <summary>Whether CloudWatch knows it and this server does not: trimmed means, percentile ranks and their kin.</summary>
    public static bool IsKnownElsewhere(string name) => OtherPattern().IsMatch(name);

    [GeneratedRegex(@"^p([0-9]{1,2}(\.[0-9]{1,2})?|100(\.0{1,2})?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PercentilePattern();

    [GeneratedRegex(@"^((tm|tc|ts|wm)[0-9]{1,3}(\.[0-9]+)?|IQM|(TM|TC|TS|WM|PR)\(.*\))\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex OtherPattern();
}
