namespace FastScaling.Lab.Service;

/// <summary>How many tasks may be launched: a token bucket for the account, and a count for each minute of the service.</summary>
internal sealed class LaunchLimiter
{
    private readonly ServiceSettings _settings;
    private double _tokens;
    private int _minute = -1;
    private int _launched;

    public LaunchLimiter(ServiceSettings settings)
    {
        _settings = settings;
        _tokens = settings.LaunchBurst;
    }

    /// <summary>Call it once a second.</summary>
    public void Refill(int second)
    {
        _tokens = Math.Min(_settings.LaunchBurst, _tokens + _settings.LaunchRate);
        if (second / 60 != _minute)
        {
            _minute = second / 60;
            _launched = 0;
        }
    }

    public bool TryTake()
    {
        if (_tokens < 1 || _launched >= _settings.LaunchesPerMinute)
        {
            return false;
        }

        _tokens--;
        _launched++;
        return true;
    }
}
