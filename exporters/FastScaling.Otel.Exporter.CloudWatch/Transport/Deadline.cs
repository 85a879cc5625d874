using System.Diagnostics;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// The moment until which a call may take, carried through all of its steps, so that many small waits cannot add up
/// to more. Another thread can end it early.
/// </summary>
internal sealed class Deadline
{
    private readonly long _end;
    private readonly Deadline? _whole;
    private volatile bool _isCancelled;

    public Deadline(TimeSpan timeout) =>
        _end = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);

    private Deadline(Deadline whole, TimeSpan timeout)
        : this(timeout) => _whole = whole;

    /// <summary>What is left; 0 when the time is over.</summary>
    public TimeSpan Remaining =>
        IsCancelled || Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _end) is not { Ticks: > 0 } left ? TimeSpan.Zero : left;

    private bool IsCancelled => _isCancelled || _whole is { IsCancelled: true };

    /// <summary>Ends the deadline now. The waiting thread notices within <see cref="SocketWait.Slice"/>.</summary>
    public void Cancel() => _isCancelled = true;

    /// <summary>A deadline after one of so many equal parts of what is left. Ends with this one when that is cancelled.</summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public Deadline Share(int parts) => new(this, RemainingOrThrow() / parts);

    /// <exception cref="TimeoutException">The time is over.</exception>
    public TimeSpan RemainingOrThrow()
    {
        var remaining = Remaining;
        return remaining > TimeSpan.Zero ? remaining : throw new TimeoutException("The time for the call is over.");
    }
}
