namespace FastScaling.Otel.Exporter.CloudWatch.Mapping;

/// <summary>
/// Turns the readings of one cumulative sum into increases. What it gives adds up to what was counted, across resets.
/// </summary>
/// <remarks>
/// A reading begins anew when its start is later than that of the last one, or when it has fallen: then all of it is
/// increase. The first reading is all increase when it began under our eyes, and else only what later ones are compared
/// with: it can hold hours.
/// </remarks>
internal struct CumulativeSum
{
    private bool _hasLast;
    private DateTimeOffset _start;
    private double _last;
    private long _lastLong;

    /// <param name="start">When counting began.</param>
    /// <param name="value">What has been counted since.</param>
    /// <param name="watchedSince">Since when we watch.</param>
    public double Next(DateTimeOffset start, double value, DateTimeOffset watchedSince)
    {
        var isNew = IsNew(start, value < _last);
        var increase = !_hasLast && start < watchedSince ? 0 : isNew ? value : value - _last;
        (_hasLast, _start, _last) = (true, start, value);
        return increase;
    }

    /// <summary>The same for whole numbers, which a double would round above 2^53.</summary>
    public long Next(DateTimeOffset start, long value, DateTimeOffset watchedSince)
    {
        var isNew = IsNew(start, value < _lastLong);
        var increase = !_hasLast && start < watchedSince ? 0 : isNew ? value : value - _lastLong;
        (_hasLast, _start, _lastLong) = (true, start, value);
        return increase;
    }

    private readonly bool IsNew(DateTimeOffset start, bool hasFallen) => !_hasLast || start > _start || hasFallen;
}
