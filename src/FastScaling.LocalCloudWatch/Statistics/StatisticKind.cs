namespace FastScaling.LocalCloudWatch.Statistics;

internal enum StatisticKind
{
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
    Percentile,
}
