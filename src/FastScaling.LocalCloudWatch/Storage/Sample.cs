using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

/// <summary>One validated datum, ready to be stored. Its aggregate is null when all its counts are zero.</summary>
internal sealed record Sample(MetricIdentity Metric, string Unit, int StorageResolution, long Second, Aggregate? Aggregate);
