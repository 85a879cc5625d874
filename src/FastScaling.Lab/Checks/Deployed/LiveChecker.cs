using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastScaling.Lab.Checks.Deployed;

/// <summary>Compares the alarms that are deployed with the data that arrive.</summary>
internal sealed class LiveChecker(LiveClient client, TimeProvider time)
{
    // Long enough to see a metric that is published, however slow CloudWatch shows it.
    private const int LeastWindow = 300;

    /// <param name="prefix">Only alarms whose name begins with it; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Finding>> CheckAsync(string? prefix, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var count = 0;
        string? token = null;
        do
        {
            var input = new JsonObject { ["AlarmTypes"] = new JsonArray("MetricAlarm") };
            Set(input, "AlarmNamePrefix", prefix);
            Set(input, "NextToken", token);
            var page = await client.CallAsync("DescribeAlarms", input, cancellationToken);
            foreach (var alarm in Items(page, "MetricAlarms"))
            {
                count++;
                findings.AddRange(await CheckAsync(alarm, cancellationToken));
            }

            token = NextToken(page);
        }
        while (token is not null);

        if (count == 0)
        {
            findings.Add(new Finding(
                "live-no-alarm", Severity.Warning, prefix ?? "-", null, prefix is null ? "There are no alarms." : $"No alarm's name begins with '{prefix}'.",
                "Nothing scales.", "Check the Region and the account."));
        }

        return findings;
    }

    private static JsonElement[] Items(JsonElement page, string name) =>
        page.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string? NextToken(JsonElement page) =>
        page.TryGetProperty("NextToken", out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text ? text : null;

    private static void Set(JsonObject input, string name, string? value)
    {
        if (value is not null)
        {
            input[name] = value;
        }
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(JsonElement alarm, CancellationToken cancellationToken)
    {
        var name = alarm.GetProperty("AlarmName").GetString()!;
        var findings = new List<Finding>();
        foreach (var metric in LiveMetric.Of(alarm))
        {
            if (await CheckAsync(name, metric, cancellationToken) is { } finding)
            {
                findings.Add(finding);
            }
        }

        var hasScaling = Array.Exists(Items(alarm, "AlarmActions"), action => action.GetString()?.Contains(":scalingPolicy:", StringComparison.Ordinal) == true);
        if (hasScaling && alarm.TryGetProperty("ActionsEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.False)
        {
            findings.Add(new Finding(
                "live-actions-disabled", Severity.Info, name, null, "The actions of the alarm are switched off.", "It goes to ALARM and nothing scales.", "Right for a first day in shadow; enable them afterwards."));
        }

        if (findings.Count == 0 && alarm.TryGetProperty("StateValue", out var state) && state.GetString() == "INSUFFICIENT_DATA")
        {
            findings.Add(new Finding(
                "live-insufficient-data", Severity.Warning, name, null, "Data arrive, and the alarm is in INSUFFICIENT_DATA.",
                "Either it is new, or its periods are empty when they are evaluated.", "Look again in a minute; if it stays, compare period and export interval, and the clocks."));
        }

        return findings;
    }

    private async Task<Finding?> CheckAsync(string alarm, LiveMetric metric, CancellationToken cancellationToken)
    {
        var values = await CountAsync(metric, metric.Unit, cancellationToken);
        var window = Window(metric);
        if (values == 0 && metric.Unit is not null && await CountAsync(metric, null, cancellationToken) > 0)
        {
            return new Finding(
                "live-wrong-unit", Severity.Error, alarm, null, $"{metric.Name} has data, but none in the unit {metric.Unit}.", "CloudWatch keeps units apart: the alarm sees nothing.", "Use the unit that is published, or give none.");
        }

        if (values == 0)
        {
            return await MissingAsync(alarm, metric, cancellationToken);
        }

        // The newest period is still being filled.
        var expected = (window / metric.Period) - 1;
        return metric.Period < 60 && values < expected / 2
            ? new Finding(
                "live-data-sparse", Severity.Warning, alarm, null, string.Create(CultureInfo.InvariantCulture, $"{metric.Name} has data in {values} of {expected} periods of {metric.Period} s."),
                "The alarm decides on missing data for most of the time.", "Look for a long export interval, throttled calls, or a service that was started just now.")
            : null;
    }

    private async Task<Finding> MissingAsync(string alarm, LiveMetric metric, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        string? token = null;
        do
        {
            var input = new JsonObject { ["Namespace"] = metric.Namespace, ["MetricName"] = metric.Name };
            Set(input, "NextToken", token);
            var page = await client.CallAsync("ListMetrics", input, cancellationToken);
            found.AddRange(Items(page, "Metrics"));
            token = NextToken(page);
        }
        while (token is not null && found.Count < 5000);

        if (found.Count == 0)
        {
            return new Finding(
                "live-no-metric", Severity.Error, alarm, null, $"There is no metric {metric.Namespace} / {metric.Name}.", "Nothing publishes it, or under another name or namespace. A new metric can take 15 minutes to be listed.",
                "Check the exporter's log, the task role, the Region, and the spelling.");
        }

        if (!found.Exists(metric.HasDimensionsOf))
        {
            var others = found.Take(3).Select(one => new LiveMetric("", "", LiveMetric.DimensionsOf(one), "", 0, null).DimensionText);
            return new Finding(
                "live-wrong-dimensions", Severity.Error, alarm, null, $"{metric.Name} is asked for with {metric.DimensionText}; it is there with {string.Join("; ", others)}.", "CloudWatch matches dimensions exactly: the alarm sees nothing.", "Use the dimensions that are published.");
        }

        return new Finding(
            "live-no-data", Severity.Error, alarm, null, $"{metric.Name} exists, and has had no data for {Window(metric)} s.", "The service is down, its calls are refused, or its clock is wrong.", "Check the exporter's log and the task role.");
    }

    private static int Window(LiveMetric metric) => Math.Max(LeastWindow, metric.Period * 3);

    private async Task<int> CountAsync(LiveMetric metric, string? unit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var stat = new JsonObject
        {
            ["Metric"] = new JsonObject
            {
                ["Namespace"] = metric.Namespace,
                ["MetricName"] = metric.Name,
                ["Dimensions"] = new JsonArray([.. metric.Dimensions.Select(pair => new JsonObject { ["Name"] = pair.Key, ["Value"] = pair.Value })]),
            },
            ["Period"] = metric.Period,
            ["Stat"] = metric.Statistic,
        };
        Set(stat, "Unit", unit);
        var page = await client.CallAsync(
            "GetMetricData",
            new JsonObject
            {
                ["StartTime"] = now - Window(metric),
                ["EndTime"] = now,
                ["MetricDataQueries"] = new JsonArray(new JsonObject { ["Id"] = "m", ["MetricStat"] = stat }),
            },
            cancellationToken);
        return Items(page, "MetricDataResults").Sum(result => Items(result, "Values").Length);
    }
}
