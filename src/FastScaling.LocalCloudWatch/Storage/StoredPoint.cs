using FastScaling.LocalCloudWatch.Statistics;

namespace FastScaling.LocalCloudWatch.Storage;

internal readonly record struct StoredPoint(long Second, Aggregate Aggregate);
