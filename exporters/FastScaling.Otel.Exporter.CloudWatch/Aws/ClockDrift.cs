namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>What ECS says about the clock of the machine that the task runs on.</summary>
/// <param name="ErrorBound">How far the clock is off at most. It has no sign, so it corrects nothing.</param>
/// <param name="IsSynchronized">Whether the clock follows a time source. When not, the bound may say too little.</param>
internal sealed record ClockDrift(TimeSpan ErrorBound, bool IsSynchronized);
