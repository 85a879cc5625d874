namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// How many calls may be made beside the regular ones: never more than the limit in any hour. A pure function of the
/// monotonic time. Half of the limit is there at once, the other half comes back evenly over an hour.
/// </summary>
internal sealed class ExtraCallBudget
{
    private readonly double _capacity;
    private readonly double _perTick;
    private double _tokens;
    private TimeSpan _last;

    /// <param name="perHour">The most calls in any hour; 0 allows none.</param>
    public ExtraCallBudget(int perHour)
    {
        // One call an hour can be no half of one: then the whole limit comes back over an hour each.
        _capacity = perHour == 1 ? 1 : perHour / 2.0;
        _perTick = (perHour == 1 ? 1 : perHour - Math.Ceiling(_capacity)) / TimeSpan.TicksPerHour;
        _tokens = _capacity;
    }

    /// <summary>Takes one call, when there is one left.</summary>
    public bool TryTake(TimeSpan now)
    {
        _tokens = Math.Min(_capacity, _tokens + ((now - _last).Ticks * _perTick));
        _last = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
