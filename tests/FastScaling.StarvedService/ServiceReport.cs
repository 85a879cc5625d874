using System.Text.Json;

namespace FastScaling.StarvedService;

/// <summary>What the service says about its whole life.</summary>
/// <param name="EndedRequests">Requests that ended, as ASP.NET Core recorded them.</param>
/// <param name="Collections">Collections of the exporter.</param>
/// <param name="LongestLatenessSeconds">How late the latest collection came.</param>
internal sealed record ServiceReport(long EndedRequests, long Collections, double LongestLatenessSeconds)
{
    public string ToJson() => JsonSerializer.Serialize(this);
}
