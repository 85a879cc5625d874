using System.Globalization;
using System.Text.Json;

namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>Why an alarm is in its state, in CloudWatch's words and in its JSON.</summary>
internal static class AlarmReason
{
    public const string Initial = "Unchecked: Initial alarm creation";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'";

    public static string Text(AlarmDefinition alarm, AlarmVerdict verdict, AlarmState old)
    {
        if (verdict.State == AlarmState.InsufficientData)
        {
            return verdict.Filled == 1 ? "Insufficient Data: 1 datapoint was unknown." : $"Insufficient Data: {verdict.Filled} datapoints were unknown.";
        }

        var treated = alarm.MissingData == MissingData.Breaching ? "Breaching" : "NonBreaching";
        var missing = $"{Number(verdict.Filled, "missing datapoint was", "missing datapoints were")} treated as [{treated}]";
        if (verdict.Used.Count == 0)
        {
            return $"Threshold Crossed: no datapoints were received for {Number(verdict.Filled, "period", "periods")} and {missing}.";
        }

        var points = verdict.State == AlarmState.Alarm
            ? verdict.Used.Where(point => alarm.IsBreaching(point.Value)).ToArray()
            : [.. verdict.Used.Where(point => !alarm.IsBreaching(point.Value))];
        var values = string.Join(", ", points.Select(static point => $"{Text(point.Value)} ({Time(point.Second).ToString("dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture)})"));
        var was = points.Length == 1 ? "was" : "were";
        var not = verdict.State == AlarmState.Alarm ? "" : "not ";
        var crossed = $"[{values}] {was} {not}{Words(alarm.Comparison)} the threshold ({Text(alarm.Threshold)})";
        if (verdict.Filled > 0 && alarm.MissingData is MissingData.Breaching or MissingData.NotBreaching)
        {
            return $"Threshold Crossed: {Number(points.Length, "datapoint", "datapoints")} {crossed} and {missing}.";
        }

        var least = verdict.State == AlarmState.Alarm ? alarm.Datapoints : alarm.EvaluationPeriods - alarm.Datapoints + 1;
        return $"Threshold Crossed: {points.Length} out of the last {Number(verdict.Used.Count, "datapoint", "datapoints")} {crossed} "
            + $"(minimum {Number(least, "datapoint", "datapoints")} for {AlarmStates.Text(old)} -> {AlarmStates.Text(verdict.State)} transition).";
    }

    public static string Data(AlarmDefinition alarm, AlarmVerdict verdict, DateTimeOffset now) => JsonText.Write(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("queryDate", now.ToString(TimeFormat, CultureInfo.InvariantCulture));
        if (verdict.Used.Count > 0)
        {
            json.WriteString("startDate", Time(verdict.Used[0].Second).ToString(TimeFormat, CultureInfo.InvariantCulture));
        }

        if (alarm.Source is { } source)
        {
            json.WriteString("statistic", source.Statistic.Name);
        }

        json.WriteNumber("period", alarm.Period);
        json.WriteStartArray("recentDatapoints");
        foreach (var point in verdict.Used)
        {
            json.WriteNumberValue(point.Value);
        }

        json.WriteEndArray();
        json.WriteNumber("threshold", alarm.Threshold);
        json.WriteStartArray("evaluatedDatapoints");
        for (var i = verdict.Used.Count - 1; i >= 0; i--)
        {
            var point = verdict.Used[i];
            json.WriteStartObject();
            json.WriteString("timestamp", Time(point.Second).ToString(TimeFormat, CultureInfo.InvariantCulture));
            if (!double.IsNaN(point.SampleCount))
            {
                json.WriteNumber("sampleCount", point.SampleCount);
            }

            json.WriteNumber("value", point.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>
    /// The data points in reason data, oldest first; empty when there are none. Auto Scaling policies go by them when SetAlarmState gives
    /// them ("uses the information in this field to take the correct action", SetAlarmState, API reference).
    /// </summary>
    public static IReadOnlyList<double> Datapoints(string? data)
    {
        if (data is null || JsonElement.Parse(data) is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("recentDatapoints", out var points) || points.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. points.EnumerateArray().Where(static point => point.ValueKind == JsonValueKind.Number).Select(static point => point.GetDouble())];
    }

    private static string Words(AlarmComparison comparison) => comparison switch
    {
        AlarmComparison.GreaterThanOrEqualToThreshold => "greater than or equal to",
        AlarmComparison.GreaterThanThreshold => "greater than",
        AlarmComparison.LessThanThreshold => "less than",
        _ => "less than or equal to",
    };

    private static string Number(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    // CloudWatch writes 80 as "80.0".
    private static string Text(double value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? $"{text}.0" : text;
    }

    private static DateTimeOffset Time(long second) => DateTimeOffset.FromUnixTimeSeconds(second);
}
