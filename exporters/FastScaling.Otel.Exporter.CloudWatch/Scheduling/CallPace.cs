namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// The part of its full rate of calls that a process allows itself while CloudWatch throttles the account: falls by a
/// quarter at each throttled call, and grows back exponentially, twice as much every five minutes. A pure function of the results.
/// </summary>
/// <remarks>
/// Growth per time and reduction per throttled call together bring all processes to the same rate: whoever calls more
/// often is throttled more often. It grows slowly because a fleet that probes its quota pays for it in throttled calls.
/// </remarks>
internal sealed class CallPace
{
    /// <summary>No process becomes slower than this part, which is one call in five minutes at the usual interval of 5 s.</summary>
    internal const double Least = 1.0 / 60;

    private const double Reduction = 0.75;
    private const double GrowthPerSecond = 0.0025;

    private double _share = 1;
    private TimeSpan _last;

    /// <summary>1 when nothing has been throttled for a while; never below <see cref="Least"/>.</summary>
    public double ShareAt(TimeSpan now)
    {
        if (_share < 1 && now > _last)
        {
            _share = Math.Min(1, _share * Math.Exp((now - _last).TotalSeconds * GrowthPerSecond));
        }

        _last = now;
        return _share;
    }

    public void Throttled(TimeSpan now) => _share = Math.Max(Least, ShareAt(now) * Reduction);
}
