namespace FastScaling.Benchmarks.Soak;

/// <summary>All that a soak run has found.</summary>
/// <param name="Duration">How long it was.</param>
/// <param name="Begin">When it began.</param>
/// <param name="Services">The processes of the services; the first lived from the beginning to the end.</param>
/// <param name="Books">What the processes of CloudWatch took, one after the other.</param>
/// <param name="Samples">Of the first service.</param>
/// <param name="CloudWatchSamples">Of the processes of CloudWatch.</param>
/// <param name="Answered">Requests that the load generator saw answered.</param>
/// <param name="Failed">Requests that it saw fail.</param>
internal sealed record SoakOutcome(
    TimeSpan Duration,
    DateTimeOffset Begin,
    IReadOnlyList<SoakService> Services,
    IReadOnlyList<CloudWatchBook> Books,
    IReadOnlyList<ProcessSample> Samples,
    IReadOnlyList<ProcessSample> CloudWatchSamples,
    long Answered,
    long Failed);
