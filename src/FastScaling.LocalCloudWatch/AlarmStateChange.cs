using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch;

/// <summary>An alarm went from one state to another.</summary>
public sealed class AlarmStateChange : AlarmEvent
{
    internal AlarmStateChange(DateTimeOffset time, AlarmDefinition definition)
        : base(time, definition)
    {
    }

    /// <summary>The state it left.</summary>
    public AlarmState OldState { get; internal init; }

    /// <summary>The state it is in now.</summary>
    public AlarmState NewState { get; internal init; }

    /// <summary>Why, in CloudWatch's words.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>Why, as CloudWatch's JSON; <see langword="null"/> when SetAlarmState gave none.</summary>
    public string? ReasonData { get; internal init; }
}
