namespace FastScaling.Otel.Exporter.CloudWatch.Threading;

/// <summary>
/// Wakes one waiting thread, which is never one of the thread pool. Remembers that it was set; holds no system handle,
/// so that a thread which outlives its owner can go on using it.
/// </summary>
internal sealed class WakeSignal
{
    private readonly object _lock = new();
    private bool _isSet;

    public void Set()
    {
        lock (_lock)
        {
            _isSet = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits until the signal is set, or for the given time, and resets it.</summary>
    /// <param name="timeout">The longest to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits until it is set.</param>
    /// <returns>Whether the signal was set.</returns>
    public bool Wait(TimeSpan timeout)
    {
        // Rounded up to the resolution of the wait: whoever wakes a little early has to wait once more.
        var milliseconds = (int)Math.Min(int.MaxValue, Math.Ceiling(timeout.TotalMilliseconds));
        lock (_lock)
        {
            if (!_isSet)
            {
                Monitor.Wait(_lock, milliseconds);
            }

            var wasSet = _isSet;
            _isSet = false;
            return wasSet;
        }
    }
}
