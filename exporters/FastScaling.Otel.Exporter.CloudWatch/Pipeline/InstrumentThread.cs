using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// Collects the application's instruments at every whole second, on a thread of its own: their callbacks can hang or
/// throw. A collection that covers several seconds gives all it has found to the last one.
/// </summary>
internal sealed class InstrumentThread
{
    private readonly InstrumentCollector _collector;
    private readonly PendingSamples _pending;
    private readonly ExporterStatistics _statistics;
    private readonly MappingLog _log;
    private readonly InstrumentWatch _watch;
    private readonly Action<SurgeVerdict>? _onData;
    private readonly CollectionThread _thread;
    private volatile bool _isDraining;

    /// <param name="collector">Reads the instruments. Belongs to the thread, which disposes it at its end.</param>
    /// <param name="schedule">Says when.</param>
    /// <param name="pending">Receives the data.</param>
    /// <param name="statistics">Counts them.</param>
    /// <param name="log">Tells of what could not be published as it was.</param>
    /// <param name="clock">Reads the clocks.</param>
    /// <param name="watch">Looks at all data.</param>
    /// <param name="onData">Called after each collection with what its data say; null when no instrument has a threshold.</param>
    public InstrumentThread(
        InstrumentCollector collector,
        SampleSchedule schedule,
        PendingSamples pending,
        ExporterStatistics statistics,
        MappingLog log,
        Func<ClockReading> clock,
        InstrumentWatch watch,
        Action<SurgeVerdict>? onData)
    {
        _collector = collector;
        _pending = pending;
        _statistics = statistics;
        _log = log;
        _watch = watch;
        _onData = onData;
        _thread = new CollectionThread("FastScaling instruments", "Collecting instruments", schedule, clock, Collect)
        {
            OnEnd = _collector.Dispose,
        };
    }

    public void Start() => _thread.Start();

    /// <summary>From now on there are no zeros.</summary>
    public void Drain() => _isDraining = true;

    /// <summary>Begins to take the last data and to end.</summary>
    public void BeginStop()
    {
        _isDraining = true;
        _thread.BeginStop();
    }

    /// <summary>Waits for the end. A callback that hangs is left behind.</summary>
    public void WaitForEnd(TimeSpan timeout) => _thread.WaitForEnd(timeout);

    private void Collect(SampleRange range, ClockReading now)
    {
        var counts = _collector.Collect(range.SecondAt(range.Count - 1), _isDraining, _pending.Rent, Add);
        _onData?.Invoke(_watch.TakeVerdict());
        _log.Write(counts);
    }

    private void Add(Sample sample)
    {
        if (sample.DatumCount == 0)
        {
            _pending.Return(sample);
            return;
        }

        _watch.Observe(sample.Others);
        _statistics.Collected(0, sample.DatumCount, 0, TimeSpan.Zero);
        _pending.Add(sample);
    }
}
