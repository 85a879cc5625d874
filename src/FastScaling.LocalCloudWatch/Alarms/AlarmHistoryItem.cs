namespace FastScaling.LocalCloudWatch.Alarms;

/// <param name="Sequence">Orders items of the same time.</param>
/// <param name="AlarmName">The alarm, which may be gone.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Type">What kind of thing happened.</param>
/// <param name="Summary">For a person.</param>
/// <param name="Data">CloudWatch's JSON.</param>
internal sealed record AlarmHistoryItem(long Sequence, string AlarmName, DateTimeOffset Time, AlarmHistoryType Type, string Summary, string Data);
