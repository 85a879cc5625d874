namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>Counts the calls and remembers the last errors.</summary>
internal sealed class CallLog
{
    private const int Remembered = 20;

    private readonly Lock _lock = new();
    private readonly Queue<RejectedCall> _lastErrors = new();
    private long _accepted;
    private long _rejected;

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Rejected => Interlocked.Read(ref _rejected);

    public void Accept() => Interlocked.Increment(ref _accepted);

    public void Reject(RejectedCall call)
    {
        Interlocked.Increment(ref _rejected);
        lock (_lock)
        {
            _lastErrors.Enqueue(call);
            if (_lastErrors.Count > Remembered)
            {
                _lastErrors.Dequeue();
            }
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RejectedCall> LastErrors()
    {
        lock (_lock)
        {
            return [.. _lastErrors.Reverse()];
        }
    }
}
