namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    /// <summary>How far the wall clock is from what it should show.</summary>
    public TimeSpan WallShift { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddDays(20_000) + new TimeSpan(GetTimestamp()) + WallShift;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
