namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record SetAlarmStateRequest(string? AlarmName, string? StateValue, string? StateReason, string? StateReasonData) : AlarmRequest;
