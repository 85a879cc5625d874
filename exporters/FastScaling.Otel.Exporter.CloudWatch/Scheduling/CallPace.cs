namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// The part of its full rate of regular calls that a process allows itself while CloudWatch throttles the account. A
/// pure state machine over (now, results).
/// </summary>
/// <remarks>
/// It grows with time and falls with each throttled call. Together that brings all processes to the same rate: whoever
/// calls more often is throttled more often. The steps are small, so that no process strays far from
/// that rate; but the first call that is throttled after a while without, which means that the quota has just become too
/// small for all, counts more, unless the process is in a surge: then it is the surge's calls that are too many. Growth is
/// slow because a fleet pays for probing its quota with throttled calls.
/// </remarks>
internal sealed class CallPace
{
    /// <summary>No process becomes slower than this part, which is one call in five minutes at the usual interval of 5 s.</summary>
    internal const double Least = 1.0 / 60;

    /// <summary>A rate above this part means that nothing was throttled for a while.</summary>
    private const double Untroubled = 0.95;

    private const double FirstReduction = 0.5;
    private const double EarlyReduction = 0.25;
    private const double Reduction = 0.05;
    private const double LateReduction = 0.02;
    private const double GrowthPerSecond = 0.0005;

    private double _share = 1;
    private TimeSpan _last;
    private bool _wasUntroubled;

    /// <summary>Calls that were throttled since the last one that was accepted.</summary>
    public int ThrottledInRow { get; private set; }

    /// <summary>1 when nothing has been throttled for a while; never below <see cref="Least"/>.</summary>
    public double ShareAt(TimeSpan now)
    {
        if (now > _last)
        {
            _share = Math.Min(1, _share * Math.Exp((now - _last).TotalSeconds * GrowthPerSecond));
        }

        _last = now;
        return _share;
    }

    public void Accepted() => ThrottledInRow = 0;

    public void Throttled(TimeSpan now, bool isSurge)
    {
        var share = ShareAt(now);
        ThrottledInRow++;
        if (ThrottledInRow == 1)
        {
            _wasUntroubled = share > Untroubled && !isSurge;
        }

        var reduction = ThrottledInRow switch
        {
            1 when _wasUntroubled => FirstReduction,
            2 or 3 when _wasUntroubled => EarlyReduction,
            <= 6 => Reduction,
            _ => LateReduction,
        };
        _share = Math.Max(Least, share * Math.Exp(-reduction));
    }
}
