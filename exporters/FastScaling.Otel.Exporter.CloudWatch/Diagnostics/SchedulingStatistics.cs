using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// What surges, calls beside the regular ones and the clock did, counted and published on the exporter's meter.
/// </summary>
internal sealed class SchedulingStatistics : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<double> _surgeDelay;
    private long _heldArrivals;

    /// <param name="pipeline">The name of the pipeline, a tag of all measurements.</param>
    /// <param name="extraCalls">The calls made for surges so far.</param>
    /// <param name="clockCorrection">What is added to the wall clock now.</param>
    /// <param name="taskClock">What ECS says about the clock.</param>
    /// <param name="custom">The application's own signals.</param>
    public SchedulingStatistics(string pipeline, Func<long> extraCalls, Func<TimeSpan> clockCorrection, Func<ClockDrift?> taskClock, CustomSignals custom)
    {
        _meter = new Meter(ExporterStatistics.MeterOf(pipeline));
        _surgeDelay = _meter.CreateHistogram<double>(
            "fastscaling.surge.delay", "s", "From the detection of a surge to the acceptance of a sample that shows it.");
        _meter.CreateObservableCounter(
            "fastscaling.surge.requests", extraCalls, "{request}", "PutMetricData calls made for surges, beside the regular ones.");
        _meter.CreateObservableCounter(
            "fastscaling.held_arrivals", () => HeldArrivals, "{request}", "Arrivals in seconds that had a sample already, because the clock was set back.");
        _meter.CreateObservableCounter(
            "fastscaling.signal.missed",
            () => custom.Threads.Select(static thread => new Measurement<long>(thread.Missed, new KeyValuePair<string, object?>("signal", thread.Signal.Name))),
            "{sample}",
            "Seconds without a value of a custom signal, because its callback threw, hung, or gave a value that CloudWatch does not take.");
        _meter.CreateObservableGauge(
            "fastscaling.ecs.clock_error_bound",
            () => ObserveDrift(taskClock()),
            "s",
            "How far the clock is off at most, as ECS says; nothing outside ECS and on platforms that do not say it.");
        _meter.CreateObservableGauge(
            "fastscaling.clock.correction", () => clockCorrection().TotalSeconds, "s", "What is added to the wall clock to stamp samples; 0 while it is right.");
    }

    public long HeldArrivals => Interlocked.Read(ref _heldArrivals);

    public void SurgeAccepted(TimeSpan delay) => _surgeDelay.Record(delay.TotalSeconds);

    public void Hold(long arrivals) => Interlocked.Add(ref _heldArrivals, arrivals);

    public void Dispose() => _meter.Dispose();

    private static Measurement<double>[] ObserveDrift(ClockDrift? drift) => drift is null
        ? []
        : [new(drift.ErrorBound.TotalSeconds, new KeyValuePair<string, object?>("status", drift.IsSynchronized ? "synchronized" : "not_synchronized"))];
}
