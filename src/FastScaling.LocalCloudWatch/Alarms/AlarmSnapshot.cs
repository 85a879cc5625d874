namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>An alarm at one moment.</summary>
internal sealed record AlarmSnapshot(
    AlarmDefinition Definition,
    AlarmState State,
    string StateReason,
    string? StateReasonData,
    DateTimeOffset StateUpdatedAt,
    DateTimeOffset ConfiguredAt)
{
    public static AlarmSnapshot Of(Alarm alarm) =>
        new(alarm.Definition, alarm.State, alarm.StateReason, alarm.StateReasonData, alarm.StateUpdatedAt, alarm.ConfiguredAt);
}
