namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>How an alarm treats missing data points.</summary>
internal enum MissingData
{
    Missing,
    Ignore,
    Breaching,
    NotBreaching,
}
