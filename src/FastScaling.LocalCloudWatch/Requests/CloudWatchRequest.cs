namespace FastScaling.LocalCloudWatch.Requests;

/// <summary>One call, whatever protocol carried it. Nothing in it has been validated yet.</summary>
internal abstract record CloudWatchRequest;
