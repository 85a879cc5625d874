namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record StatisticsDatapoint(
    DateTimeOffset Timestamp,
    string Unit,
    IReadOnlyList<KeyValuePair<string, double>> Statistics,
    IReadOnlyList<KeyValuePair<string, double>> ExtendedStatistics);
