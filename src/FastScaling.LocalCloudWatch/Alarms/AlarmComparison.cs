namespace FastScaling.LocalCloudWatch.Alarms;

internal enum AlarmComparison
{
    GreaterThanOrEqualToThreshold,
    GreaterThanThreshold,
    LessThanThreshold,
    LessThanOrEqualToThreshold,
}
