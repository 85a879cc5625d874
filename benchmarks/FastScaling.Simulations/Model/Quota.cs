namespace FastScaling.Simulations.Model;

/// <summary>Calls a second that an account may make; the excess is throttled. A second's worth can be saved up.</summary>
internal sealed class Quota
{
    private readonly double _perSecond;
    private double _tokens;
    private double _last;

    public Quota(double perSecond)
    {
        _perSecond = perSecond;
        _tokens = perSecond;
    }

    public long Throttled { get; private set; }

    public bool TryTake(double now)
    {
        _tokens = Math.Min(_perSecond, _tokens + ((now - _last) * _perSecond));
        _last = now;
        if (_tokens < 1)
        {
            Throttled++;
            return false;
        }

        _tokens--;
        return true;
    }
}
