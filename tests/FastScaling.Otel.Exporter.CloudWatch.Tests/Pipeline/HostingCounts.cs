using System.Diagnostics.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>What the hosting layer of one host says, read with a listener of the test's own: the truth to compare with.</summary>
internal sealed class HostingCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();

    /// <param name="scope">The meter factory of the host.</param>
    public HostingCounts(IMeterFactory scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, scope)
                && instrument.Name is "http.server.active_requests" or "http.server.request.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            lock (_lock)
            {
                Arrived += change > 0 ? change : 0;
            }
        });
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (_lock)
            {
                Ended++;
                Durations += seconds;
            }
        });
        _listener.Start();
    }

    public long Arrived { get; private set; }

    public long Ended { get; private set; }

    /// <summary>Seconds.</summary>
    public double Durations { get; private set; }

    public void Dispose() => _listener.Dispose();
}
