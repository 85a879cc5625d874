namespace FastScaling.LocalCloudWatch.Requests;

/// <summary>A call about alarms.</summary>
internal abstract record AlarmRequest : CloudWatchRequest;
