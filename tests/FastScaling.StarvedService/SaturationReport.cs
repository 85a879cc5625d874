using System.Text.Json;

namespace FastScaling.StarvedService;

/// <summary>What a saturation of the thread pool did to ordinary code in the same process.</summary>
/// <param name="Begin">When the first blocking work was queued.</param>
/// <param name="End">When the last was queued; what still waits then no longer blocks.</param>
/// <param name="LongestTaskRunSeconds">How long the slowest <c>Task.Run</c> waited for a thread.</param>
/// <param name="HttpClientSeconds">
/// How long a synchronous call of HttpClient on a new connection took, on a thread of its own; null without an address.
/// </param>
/// <param name="Threads">Threads that the pool had at the end.</param>
internal sealed record SaturationReport(
    DateTimeOffset Begin,
    DateTimeOffset End,
    double LongestTaskRunSeconds,
    double? HttpClientSeconds,
    int Threads)
{
    public string ToJson() => JsonSerializer.Serialize(this);
}
