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

    private static readonly double Reduction = P("A", 0.05);
    private static readonly double GrowthPerSecond = P("C", 0.0005);
    public static double P(string n, double d) => double.TryParse(Environment.GetEnvironmentVariable("T_" + n), out var v) ? v : d;

    private double _share = 1;
    private TimeSpan _last;
    private int _inRow;
    private bool _isFirst;

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

    public int InRow => _inRow;

    public void Accepted() => _inRow = 0;

    public void Throttled(TimeSpan now)
    {
        _inRow++;
        if (_inRow == 1)
        {
            _isFirst = ShareAt(now) > 0.95;
        }

        _share = Math.Max(Least, ShareAt(now) * Math.Exp(-(_isFirst && _inRow == 1 ? P("A0", 0.5) : _isFirst && _inRow <= 3 ? P("A1", 0.25) : _inRow == 1 ? Reduction : _inRow <= 6 ? P("A2", 0.05) : P("A3", 0.02))));
    }
}
