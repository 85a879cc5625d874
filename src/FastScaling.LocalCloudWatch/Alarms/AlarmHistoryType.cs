namespace FastScaling.LocalCloudWatch.Alarms;

internal enum AlarmHistoryType
{
    ConfigurationUpdate,
    StateUpdate,
    Action,
}
