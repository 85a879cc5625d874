namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>A token bucket: how often something may be done beyond a steady rate. Pure; not thread-safe.</summary>
internal sealed class Allowance
{
    // A turn that comes a moment early must not have to wait for the next one.
    private const double Tolerance = 0.5;

    private readonly double _capacity;
    private readonly TimeSpan _refill;
    private double _tokens;
    private TimeSpan _last;

    /// <param name="capacity">How often it may be done at once; also what there is at first.</param>
    /// <param name="refill">The time after which it may be done once more; null when only <see cref="Return"/> refills.</param>
    public Allowance(double capacity, TimeSpan? refill)
    {
        _capacity = capacity;
        _refill = refill ?? TimeSpan.Zero;
        _tokens = capacity;
    }

    public bool TryTake(TimeSpan now)
    {
        if (_refill > TimeSpan.Zero)
        {
            _tokens = Math.Min(_capacity, _tokens + ((now - _last) / _refill));
            _last = now;
        }

        if (_tokens < Tolerance)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    public void Return() => _tokens = Math.Min(_capacity, _tokens + 1);
}
