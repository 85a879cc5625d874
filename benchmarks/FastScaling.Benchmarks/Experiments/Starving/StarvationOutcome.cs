namespace FastScaling.Benchmarks.Experiments.Starving;

/// <summary>What a starvation did to both ways of publishing.</summary>
/// <param name="SampledSeconds">Whole seconds of the starvation that have a sample.</param>
/// <param name="WholeSeconds">Whole seconds that the starvation has at least.</param>
/// <param name="LongestAgeSeconds">How long after the end of its second the latest of these samples came.</param>
internal sealed record StarvationOutcome(
    double ExportIntervalSeconds,
    double StarvedSeconds,
    double LongestTaskRunSeconds,
    CallSchedule Exporter,
    CallSchedule Conventional,
    int SampledSeconds,
    int WholeSeconds,
    double LongestAgeSeconds);
