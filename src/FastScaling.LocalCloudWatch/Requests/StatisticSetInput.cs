namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record StatisticSetInput(double? SampleCount, double? Sum, double? Minimum, double? Maximum);
