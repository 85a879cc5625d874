using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>An independent, strict reader of PutMetricData bodies: what CloudWatch documents, and nothing else.</summary>
internal static class StrictBody
{
    private static readonly string[] Members = ["MetricName", "Dimensions", "Unit", "StorageResolution", "Timestamp", "Value", "Values", "Counts"];

    /// <summary>Metric name and second of each datum; fails the test when anything is not allowed.</summary>
    public static List<(string Metric, long Second)> Read(ReadOnlyMemory<byte> body)
    {
        Assert.InRange(body.Length, 1, 990_000);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(["Namespace", "MetricData"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.InRange(json.RootElement.GetProperty("Namespace").GetString()!.Length, 1, 255);
        var metricData = json.RootElement.GetProperty("MetricData");
        Assert.InRange(metricData.GetArrayLength(), 1, 1000);
        var data = new List<(string, long)>(metricData.GetArrayLength());
        foreach (var datum in metricData.EnumerateArray())
        {
            foreach (var member in datum.EnumerateObject())
            {
                if (!Array.Exists(Members, name => member.NameEquals(name)))
                {
                    Assert.Fail($"A datum has the member {member.Name}.");
                }
            }

            var hasValue = datum.TryGetProperty("Value", out var value);
            if (!hasValue)
            {
                var count = datum.GetProperty("Values").GetArrayLength();
                Assert.InRange(count, 1, 150);
                Assert.Equal(count, datum.GetProperty("Counts").GetArrayLength());
            }
            else if (!double.IsFinite(value.GetDouble()))
            {
                Assert.Fail("A value is not finite.");
            }

            data.Add((datum.GetProperty("MetricName").GetString()!, datum.GetProperty("Timestamp").GetInt64()));
        }

        return data;
    }
}
