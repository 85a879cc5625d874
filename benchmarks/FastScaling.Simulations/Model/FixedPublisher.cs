namespace FastScaling.Simulations.Model;

/// <summary>
/// What people write by hand: every five seconds the mean rate of the requests that ended since the last time, stamped with the moment.
/// </summary>
internal sealed class FixedPublisher(double phase, double interval = 5)
{
    private double _next = phase;
    private double _last;

    public long Calls { get; private set; }

    /// <summary>Publishes whatever is due until a moment.</summary>
    /// <param name="until">The moment.</param>
    /// <param name="count">Requests that ended between two moments.</param>
    /// <param name="publish">Receives when and what.</param>
    public void Run(double until, Func<double, double, long> count, Action<double, double> publish)
    {
        while (_next < until)
        {
            if (_next > _last)
            {
                publish(_next, count(_last, _next) / (_next - _last));
                Calls++;
            }

            _last = _next;
            _next += interval;
        }
    }
}
