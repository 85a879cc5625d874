using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// A meter provider of its own for the scaling signals: it neither changes what the application's exporters send, nor
/// breaks when the application renames or drops an instrument. Tags are dropped by views, so each instrument is one series.
/// </summary>
internal sealed class SignalCollector : IDisposable
{
    /// <summary>The second stream of the request durations: counts alone, by <c>error.type</c>.</summary>
    public const string FailedRequests = "fastscaling.failed_requests";

    // Types of exceptions and status codes: few. What is beyond is counted as failed all the same.
    private const int MaxErrorTypes = 100;

    private readonly IMeterFactory? _scope;
    private readonly ScalingSignals _signals;
    private readonly SignalExporter _exporter = new();
    private readonly Level _activeRequests = new();
    private readonly Level _activeConnections = new();
    private readonly Level _queuedRequests = new();
    private OwnProvider? _provider;
    private int _available;

    /// <param name="scope">
    /// The meter factory of the container that the signals belong to. OpenTelemetry subscribes by name across the
    /// process, so instruments of any other host in it are dropped. Null takes the whole process.
    /// </param>
    /// <param name="signals">The signals that are wanted; only what costs more in a request is left out without them.</param>
    public SignalCollector(IMeterFactory? scope, ScalingSignals signals = ScalingSignals.All)
    {
        _scope = scope;
        _signals = signals;
    }

    /// <summary>
    /// Begins to listen, if it has not yet. Takes tens of milliseconds in a process that has just started, so the
    /// sampling thread does it: what is recorded before is not counted.
    /// </summary>
    public void Open()
    {
        if (_provider is not null)
        {
            return;
        }

        _ = FastScalingMeter.Probe; // Creates the meter and leaves the first probe to the first collection.
        string[] meters =
        [
            StandardInstruments.HostingMeter,
            StandardInstruments.KestrelMeter,
            StandardInstruments.RateLimitingMeter,
            FastScalingMeter.Name,
        ];
        _provider = (_signals & ScalingSignals.FailedRequestsPerSecond) == 0
            ? new OwnProvider(_exporter, meters, ViewOf)
            : new OwnProvider(_exporter, meters, ViewOf, FailuresOf);
    }

    /// <summary>Reads the instruments, on the calling thread.</summary>
    public void CollectInto(SignalReading reading)
    {
        Open();
        reading.Clear();
        reading.Available = (ScalingSignals)Volatile.Read(ref _available);
        _exporter.Reading = reading;
        _provider!.Collect();
        _exporter.Reading = null;
        reading.ActiveRequests = _activeRequests.Of(reading.ActiveRequests);
        reading.ActiveConnections = _activeConnections.Of(reading.ActiveConnections);
        reading.QueuedRequests = _queuedRequests.Of(reading.QueuedRequests);
    }

    public void Dispose()
    {
        _provider?.Dispose();
        _exporter.Dispose();
    }

    private MetricStreamConfiguration ViewOf(Instrument instrument)
    {
        var isOurs = instrument.Meter.Name == FastScalingMeter.Name;
        var signal = isOurs || IsOfThisHost(instrument) ? SignalOf(instrument.Name) : ScalingSignals.None;
        if (signal == ScalingSignals.None)
        {
            return MetricStreamConfiguration.Drop;
        }

        Interlocked.Or(ref _available, (int)signal);
        return instrument.Name == StandardInstruments.RequestDuration
            ? new Base2ExponentialBucketHistogramConfiguration
            {
                MaxSize = ExponentialHistogramMapping.MaxBuckets,
                TagKeys = [],
                CardinalityLimit = 1,
            }
            : new MetricStreamConfiguration { TagKeys = [], CardinalityLimit = 1 };
    }

    /// <summary>A second stream; null, for no stream more, for all other instruments.</summary>
    private ExplicitBucketHistogramConfiguration? FailuresOf(Instrument instrument) =>
        instrument.Name == StandardInstruments.RequestDuration && IsOfThisHost(instrument)
            ? new ExplicitBucketHistogramConfiguration
            {
                Name = FailedRequests,
                Boundaries = [],
                RecordMinMax = false,
                TagKeys = ["error.type"],
                CardinalityLimit = MaxErrorTypes,
            }
            : null;

    private bool IsOfThisHost(Instrument instrument) => _scope is null || ReferenceEquals(instrument.Meter.Scope, _scope);

    /// <summary>The signals for which an instrument is needed; an instrument that exists makes them available.</summary>
    private static ScalingSignals SignalOf(string instrument) => instrument switch
    {
        StandardInstruments.RequestDuration => ScalingSignals.RequestsPerSecond | ScalingSignals.ResponseTime | ScalingSignals.FailedRequestsPerSecond,
        StandardInstruments.ActiveRequests => ScalingSignals.ActiveRequests,
        StandardInstruments.ActiveConnections => ScalingSignals.ActiveConnections,
        StandardInstruments.QueuedConnections => ScalingSignals.QueueLength,
        StandardInstruments.QueuedRequests => ScalingSignals.QueueLength,
        StandardInstruments.RateLimiterQueuedRequests => ScalingSignals.QueueLength,
        FastScalingMeter.ThreadPoolQueueLength => ScalingSignals.QueueLength,
        FastScalingMeter.ThreadPoolQueueDelay => ScalingSignals.QueueDelay,
        _ => ScalingSignals.None,
    };
}
