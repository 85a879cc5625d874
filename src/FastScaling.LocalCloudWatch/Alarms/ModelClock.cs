namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>The clock of simulated time: it stands where the model has put it, and never goes back.</summary>
internal sealed class ModelClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => _now;

    public void AdvanceTo(DateTimeOffset now)
    {
        if (now > _now)
        {
            _now = now;
        }
    }
}
