using System.Text.Json;

namespace FastScaling.Lab.Checks.Deployed;

/// <summary>A metric as a deployed alarm asks for it.</summary>
internal sealed record LiveMetric(string Namespace, string Name, IReadOnlyList<KeyValuePair<string, string>> Dimensions, string Statistic, int Period, string? Unit)
{
    public string DimensionText => Dimensions.Count == 0 ? "no dimensions" : string.Join(", ", Dimensions.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The metrics of an alarm of DescribeAlarms.</summary>
    public static IReadOnlyList<LiveMetric> Of(JsonElement alarm)
    {
        if (alarm.TryGetProperty("MetricName", out var name))
        {
            var statistic = Text(alarm, "Statistic") ?? Text(alarm, "ExtendedStatistic") ?? "Average";
            return [new LiveMetric(Text(alarm, "Namespace") ?? string.Empty, name.GetString()!, DimensionsOf(alarm), statistic, PeriodOf(alarm), Text(alarm, "Unit"))];
        }

        if (!alarm.TryGetProperty("Metrics", out var metrics))
        {
            return [];
        }

        return [.. metrics.EnumerateArray()
            .Where(static entry => entry.TryGetProperty("MetricStat", out _))
            .Select(static entry => entry.GetProperty("MetricStat"))
            .Select(static stat => new LiveMetric(
                Text(stat.GetProperty("Metric"), "Namespace") ?? string.Empty,
                Text(stat.GetProperty("Metric"), "MetricName") ?? string.Empty,
                DimensionsOf(stat.GetProperty("Metric")),
                Text(stat, "Stat") ?? "Average",
                PeriodOf(stat),
                Text(stat, "Unit")))];
    }

    public bool HasDimensionsOf(JsonElement metric) =>
        DimensionsOf(metric).OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(Dimensions.OrderBy(pair => pair.Key, StringComparer.Ordinal));

    public static IReadOnlyList<KeyValuePair<string, string>> DimensionsOf(JsonElement metric) => metric.TryGetProperty(nameof(Dimensions), out var dimensions)
        ? [.. dimensions.EnumerateArray().Select(one => KeyValuePair.Create(Text(one, "Name") ?? string.Empty, Text(one, "Value") ?? string.Empty))]
        : [];

    private static int PeriodOf(JsonElement element) => element.TryGetProperty(nameof(Period), out var period) ? period.GetInt32() : 60;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
