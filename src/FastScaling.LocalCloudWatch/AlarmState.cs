namespace FastScaling.LocalCloudWatch;

/// <summary>The state of an alarm.</summary>
public enum AlarmState
{
    /// <summary>New, or without enough data to tell: <c>INSUFFICIENT_DATA</c>.</summary>
    InsufficientData,

    /// <summary>Within the threshold: <c>OK</c>.</summary>
    Ok,

    /// <summary>Beyond the threshold: <c>ALARM</c>.</summary>
    Alarm,
}
