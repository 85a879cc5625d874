namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
