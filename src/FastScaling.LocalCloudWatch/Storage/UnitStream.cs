using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>The statistics of a metric in one unit, a bucket a period, oldest first.</summary>
internal sealed record UnitStream(string Unit, IReadOnlyList<PeriodBucket> Buckets);
