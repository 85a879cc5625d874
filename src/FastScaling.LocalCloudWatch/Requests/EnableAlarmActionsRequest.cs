namespace FastScaling.LocalCloudWatch.Requests;

/// <summary>EnableAlarmActions and DisableAlarmActions.</summary>
internal sealed record EnableAlarmActionsRequest(IReadOnlyList<string> AlarmNames, bool AreEnabled) : AlarmRequest;
