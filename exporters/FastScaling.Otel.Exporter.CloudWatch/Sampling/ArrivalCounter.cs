namespace FastScaling.Otel.Exporter.CloudWatch.Sampling;

/// <summary>
/// Requests that arrived, from requests that ended and requests in flight. Never negative, and conserved: the sum of
/// what it gives is the number of requests that arrived.
/// </summary>
/// <remarks>
/// The two instruments are not read at the same instant, and a request leaves <c>http.server.active_requests</c> just
/// before it is counted as ended. What a reading lacks for that reason the next one has too much: a negative result is
/// given as 0 and kept as a debt of the readings to come. A request that ends without being counted (its metrics were
/// disabled in flight) leaves a debt that is never paid; it is forgiven, or it would hide real arrivals.
/// </remarks>
internal sealed class ArrivalCounter
{
    /// <summary>A race of two instruments is over within microseconds; no debt of one outlives this many readings.</summary>
    internal const int DebtLifetime = 3;

    private long _active;
    private long _debt;
    private int _debtAge;

    /// <param name="ended">Requests that ended since the last reading.</param>
    /// <param name="active">Requests in flight now.</param>
    /// <returns>Requests that arrived since the last reading; 0 or more.</returns>
    public long Next(long ended, long active)
    {
        var arrived = ended + active - _active - _debt;
        _active = active;

        if (arrived >= 0)
        {
            _debt = 0;
            _debtAge = 0;
            return arrived;
        }

        _debtAge++;
        _debt = _debtAge > DebtLifetime ? 0 : -arrived;
        _debtAge = _debt == 0 ? 0 : _debtAge;
        return 0;
    }
}
