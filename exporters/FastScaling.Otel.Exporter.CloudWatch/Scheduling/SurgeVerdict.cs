namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>What the samples of one collection say.</summary>
/// <param name="IsRising">A signal rises past its threshold, so that the samples should leave at once.</param>
/// <param name="IsQuiet">Every signal is far below its threshold.</param>
internal readonly record struct SurgeVerdict(bool IsRising, bool IsQuiet);
