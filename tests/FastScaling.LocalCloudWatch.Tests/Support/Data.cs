using System.Text.Json.Nodes;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>Inputs of calls, in the shape of the API's model.</summary>
internal static class Data
{
    public static JsonObject Put(params JsonObject[] data) => new() { ["Namespace"] = "Tests", ["MetricData"] = new JsonArray([.. data]) };

    /// <summary>A one-second datum.</summary>
    public static JsonObject Datum(double? value = 1, DateTimeOffset? at = null, string name = "m", string? unit = null)
    {
        var datum = new JsonObject { ["MetricName"] = name, ["StorageResolution"] = 1 };
        if (value is not null)
        {
            datum["Value"] = value;
        }

        if (at is { } time)
        {
            datum["Timestamp"] = Epoch(time);
        }

        if (unit is not null)
        {
            datum["Unit"] = unit;
        }

        return datum;
    }

    public static JsonObject With(this JsonObject input, string member, JsonNode? value)
    {
        input[member] = value;
        return input;
    }

    public static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(static number => (JsonNode)number)]);

    public static JsonArray Strings(params string[] texts) => new([.. texts.Select(static text => (JsonNode)text)]);

    public static JsonArray Dimensions(params (string Name, string Value)[] dimensions) =>
        new([.. dimensions.Select(static dimension => new JsonObject { ["Name"] = dimension.Name, ["Value"] = dimension.Value })]);

    public static JsonObject Set(double count, double sum, double minimum, double maximum) =>
        new() { ["SampleCount"] = count, ["Sum"] = sum, ["Minimum"] = minimum, ["Maximum"] = maximum };

    public static JsonObject Statistics(DateTimeOffset start, DateTimeOffset end, int period, string[] statistics, string[]? extended = null, string name = "m") => new()
    {
        ["Namespace"] = "Tests",
        ["MetricName"] = name,
        ["StartTime"] = Epoch(start),
        ["EndTime"] = Epoch(end),
        ["Period"] = period,
        ["Statistics"] = Strings(statistics),
        ["ExtendedStatistics"] = Strings(extended ?? []),
    };

    public static JsonObject MetricData(DateTimeOffset start, DateTimeOffset end, params JsonObject[] queries) => new()
    {
        ["StartTime"] = Epoch(start),
        ["EndTime"] = Epoch(end),
        ["MetricDataQueries"] = new JsonArray([.. queries]),
    };

    public static JsonObject Query(string id, string stat = "Sum", int period = 10, string name = "m") => new()
    {
        ["Id"] = id,
        ["MetricStat"] = new JsonObject
        {
            ["Metric"] = new JsonObject { ["Namespace"] = "Tests", ["MetricName"] = name },
            ["Period"] = period,
            ["Stat"] = stat,
        },
    };

    /// <summary>An alarm on the average of m over ten seconds, above 80.</summary>
    public static JsonObject Alarm(string name = "a") => new()
    {
        ["AlarmName"] = name,
        ["Namespace"] = "Tests",
        ["MetricName"] = "m",
        ["Statistic"] = "Average",
        ["Period"] = 10,
        ["EvaluationPeriods"] = 1,
        ["Threshold"] = 80.5,
        ["ComparisonOperator"] = "GreaterThanThreshold",
    };

    public static double Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
