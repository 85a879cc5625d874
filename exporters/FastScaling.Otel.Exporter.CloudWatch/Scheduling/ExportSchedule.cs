namespace FastScaling.Otel.Exporter.CloudWatch.Scheduling;

/// <summary>
/// When the regular calls are due: once an interval, at a phase of the process's own, so that the processes of a fleet
/// do not call all at once. A pure function of the monotonic time since the start.
/// </summary>
internal sealed class ExportSchedule : ICallSchedule
{
    private readonly TimeSpan _interval;
    private TimeSpan _next;

    /// <param name="interval">The export interval.</param>
    /// <param name="phase">When the first call is due: 0 up to the interval.</param>
    public ExportSchedule(TimeSpan interval, TimeSpan phase)
    {
        _interval = interval;
        _next = phase;
    }

    /// <summary>Time until a call is due; 0 or less when one is.</summary>
    public TimeSpan UntilDue(TimeSpan elapsed) => _next - elapsed;

    /// <summary>Whether a call is due. Calls that were missed are not made up for.</summary>
    public bool TakeIfDue(TimeSpan elapsed)
    {
        if (elapsed < _next)
        {
            return false;
        }

        var missed = (elapsed - _next).Ticks / _interval.Ticks;
        _next += _interval * (missed + 1);
        return true;
    }

    /// <summary>A call that failed is made again at the next regular time.</summary>
    public void OnResult(TimeSpan elapsed, bool isAccepted, bool isNewestAccepted, bool isThrottled)
    {
    }
}
