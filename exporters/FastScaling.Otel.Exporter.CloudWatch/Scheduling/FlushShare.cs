namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// The part of the surges in which a process makes calls of its own beside the regular ones: all, until CloudWatch
/// throttles. Halved by each throttled call, and doubled by every two minutes. A pure function of the results.
/// </summary>
internal sealed class FlushShare
{
    private static readonly TimeSpan Doubling = TimeSpan.FromMinutes(2);

    private double _share = 1;
    private TimeSpan _last;

    public double ShareAt(TimeSpan now)
    {
        if (now > _last)
        {
            _share = Math.Min(1, _share * Math.Pow(2, (now - _last) / Doubling));
        }

        _last = now;
        return _share;
    }

    public void Throttled(TimeSpan now) => _share = ShareAt(now) / 2;
}
