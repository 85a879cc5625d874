using System.Diagnostics.Metrics;

namespace FastScaling.StarvedService;

/// <summary>The service's own books, kept apart from OpenTelemetry: what the samples are compared with.</summary>
internal sealed class ServiceLedger : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private long _endedRequests;
    private long _collections;
    private double _longestLateness;

    public ServiceLedger()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name is "http.server.request.duration" or "fastscaling.collection.lateness")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Count);
        _listener.Start();
    }

    public ServiceReport Report()
    {
        lock (_lock)
        {
            return new ServiceReport(_endedRequests, _collections, _longestLateness);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_lock)
        {
            if (instrument.Name == "http.server.request.duration")
            {
                _endedRequests++;
            }
            else
            {
                _collections++;
                _longestLateness = Math.Max(_longestLateness, value);
            }
        }
    }
}
