namespace FastScaling.LocalCloudWatch.Requests;

internal sealed record DeleteAlarmsRequest(IReadOnlyList<string> AlarmNames) : AlarmRequest;
