namespace FastScaling.LocalCloudWatch.Alarms;

internal static class AlarmStates
{
    public static string Text(AlarmState state) => state switch
    {
        AlarmState.Ok => "OK",
        AlarmState.Alarm => "ALARM",
        _ => "INSUFFICIENT_DATA",
    };

    /// <summary>Null when there is no such state.</summary>
    public static AlarmState? Parse(string text) => text switch
    {
        "OK" => AlarmState.Ok,
        "ALARM" => AlarmState.Alarm,
        "INSUFFICIENT_DATA" => AlarmState.InsufficientData,
        _ => null,
    };
}
