namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>What one evaluation says.</summary>
/// <param name="State">The state the alarm should have.</param>
/// <param name="Used">The data points that were compared, oldest first.</param>
/// <param name="Breaching">How many of them breach.</param>
/// <param name="Filled">How many missing data points were filled in.</param>
internal sealed record AlarmVerdict(AlarmState State, IReadOnlyList<AlarmDatapoint> Used, int Breaching, int Filled);
