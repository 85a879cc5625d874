namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>Lets one message through in a period, so that an outage does not flood a log. Not thread-safe.</summary>
internal sealed class RateLimit
{
    private readonly TimeSpan _period;
    private TimeSpan? _last;

    public RateLimit(TimeSpan period) => _period = period;

    /// <summary>Whether a message may pass at this time.</summary>
    public bool Allows(TimeSpan now)
    {
        if (_last is { } last && now - last < _period)
        {
            return false;
        }

        _last = now;
        return true;
    }
}
