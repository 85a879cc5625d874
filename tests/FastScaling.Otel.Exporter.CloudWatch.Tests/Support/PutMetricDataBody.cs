using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Reads what a PutMetricData request carries.</summary>
internal static class PutMetricDataBody
{
    /// <summary>Metric name and second of each datum, in the order of the body.</summary>
    public static IReadOnlyList<(string Metric, long Second)> Data(this ReceivedRequest request)
    {
        using var json = JsonDocument.Parse(request.Text);
        return
        [
            .. json.RootElement.GetProperty("MetricData").EnumerateArray().Select(datum =>
                (datum.GetProperty("MetricName").GetString()!, datum.GetProperty("Timestamp").GetInt64())),
        ];
    }

    /// <summary>The seconds that a request carries, in the order of the body.</summary>
    public static IReadOnlyList<long> Seconds(this ReceivedRequest request) => [.. request.Data().Select(datum => datum.Second).Distinct()];
}
