using System.Text.Json.Nodes;

namespace FastScaling.LocalCloudWatch.Tests.Support;

internal static class PutExtensions
{
    /// <summary>Adds a statistic set to the first datum.</summary>
    public static JsonObject WithSet(this JsonObject put, JsonObject set)
    {
        put["MetricData"]![0]!["StatisticValues"] = set;
        return put;
    }
}
