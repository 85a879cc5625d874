using FastScaling.Otel.Exporter.CloudWatch.Threading;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>Somebody waits until what is pending has been sent.</summary>
internal sealed class FlushRequest
{
    private readonly WakeSignal _done = new();
    private volatile bool _succeeded;

    public void Complete(bool succeeded)
    {
        _succeeded = succeeded;
        _done.Set();
    }

    /// <returns>Whether all that was pending has been accepted in time.</returns>
    public bool Wait(TimeSpan timeout) => _done.Wait(timeout) && _succeeded;
}
