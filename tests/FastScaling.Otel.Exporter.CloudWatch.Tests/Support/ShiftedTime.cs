namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>A clock that runs as the system's does, but shows another time.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public TimeSpan Shift { get; set; } = shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
