namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>How long to wait before another attempt: exponential with full jitter, so that the tasks of a fleet spread.</summary>
/// <param name="Attempts">The most attempts for one request in one turn, the first included.</param>
/// <param name="First">The longest wait before the second attempt; doubled with each further one.</param>
/// <param name="Longest">The longest wait of all.</param>
internal sealed record Backoff(int Attempts, TimeSpan First, TimeSpan Longest)
{
    /// <summary>After a failure that may be over in a moment.</summary>
    public static Backoff OfFailures { get; } = new(4, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2));

    /// <summary>After throttling, which more calls make worse.</summary>
    public static Backoff OfThrottling { get; } = new(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    /// <param name="attempt">How many attempts there were, from 1.</param>
    /// <param name="random">From 0 to 1, the jitter.</param>
    public TimeSpan Delay(int attempt, double random)
    {
        var longest = First * Math.Pow(2, attempt - 1);
        return (longest < Longest ? longest : Longest) * random;
    }
}
