using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// What the exporter did, counted, and published as a meter for whoever wants to watch it. At every moment
/// sampled = pending + accepted + unknown + the sum of dropped, in data; pending includes what is in flight.
/// </summary>
internal sealed class ExporterStatistics : IDisposable
{
    public const string MeterName = "FastScaling.Otel.Exporter.CloudWatch";

    private const string OutcomeTag = "outcome";

    private static readonly string[] Outcomes =
        ["accepted", "failed", "throttled", "expired_credentials", "clock_skewed", "forbidden", "too_large", "refused", "unknown"];

    private static readonly string[] DropReasons = ["backlog_full", "expired", "refused", "shutdown", "unpublishable"];

    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _lateness;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _requestCounter;
    private readonly long[] _requests = new long[Outcomes.Length];
    private readonly long[] _dropped = new long[DropReasons.Length];
    private long _samples;
    private long _gapSamples;
    private long _sampledData;
    private long _sentData;
    private long _acceptedData;
    private long _unknownData;
    private long _retries;
    private long _newestAcceptedSecond;
    private long _longestLateness;
    private long _foldedPoints;
    private long _overflowPoints;

    /// <param name="pipeline">The name of the pipeline, a tag of all measurements.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public ExporterStatistics(string pipeline, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _meter = new Meter(MeterOf(pipeline));
        _lateness = _meter.CreateHistogram<double>(
            "fastscaling.collection.lateness", "s", "How long after the end of its second a collection came.");
        _meter.CreateObservableCounter(
            "fastscaling.samples", () => Samples, "{sample}", "Samples taken, one a second.");
        _meter.CreateObservableCounter(
            "fastscaling.sample_gaps", () => GapSamples, "{sample}", "Seconds without a sample, after a suspension of more than a minute.");
        _requestCounter = _meter.CreateCounter<long>(
            "fastscaling.cloudwatch.requests", "{request}", "PutMetricData calls by outcome, and by error.type when not accepted.");
        _duration = _meter.CreateHistogram<double>(
            "fastscaling.cloudwatch.request.duration", "s", "How long PutMetricData calls took, by outcome.");
        _meter.CreateObservableCounter(
            "fastscaling.cloudwatch.retries", () => Retries, "{request}", "PutMetricData calls that repeated one of the same turn.");
        _meter.CreateObservableCounter(
            "fastscaling.series.folded", () => FoldedPoints, "{point}", "Points that went into an overflow series, because there were more series than MaxSeries.");
        _meter.CreateObservableCounter(
            "fastscaling.series.sdk_overflow", () => OverflowPoints, "{point}", "Points that stand for series beyond the cardinality limit of the OpenTelemetry SDK.");
        _meter.CreateObservableCounter(
            "fastscaling.cloudwatch.data.sampled", () => SampledData, "{datum}", "Data taken.");
        _meter.CreateObservableCounter(
            "fastscaling.cloudwatch.data.sent", () => SentData, "{datum}", "Data in PutMetricData calls, each time that they were sent.");
        _meter.CreateObservableCounter(
            "fastscaling.cloudwatch.data", ObserveData, "{datum}", "Data that came to an end, by what became of them: accepted, unknown, or why they were dropped.");
        _meter.CreateObservableGauge(
            "fastscaling.cloudwatch.lag", ObserveLag, "s", "Age of the newest second that CloudWatch accepted; nothing before the first.");
    }

    public long Samples => Interlocked.Read(ref _samples);

    public long GapSamples => Interlocked.Read(ref _gapSamples);

    public long SampledData => Interlocked.Read(ref _sampledData);

    /// <summary>Data in calls, counted each time.</summary>
    public long SentData => Interlocked.Read(ref _sentData);

    public long AcceptedData => Interlocked.Read(ref _acceptedData);

    public long UnknownData => Interlocked.Read(ref _unknownData);

    public long FoldedPoints => Interlocked.Read(ref _foldedPoints);

    public long OverflowPoints => Interlocked.Read(ref _overflowPoints);

    public long Retries => Interlocked.Read(ref _retries);

    public TimeSpan LongestLateness => new(Interlocked.Read(ref _longestLateness));

    /// <summary>The newest second of which CloudWatch has taken data, since the Unix epoch; null before the first.</summary>
    public long? NewestAcceptedSecond => Interlocked.Read(ref _newestAcceptedSecond) is > 0 and var second ? second : null;

    public long Requests(SendOutcome outcome) => Interlocked.Read(ref _requests[(int)outcome]);

    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>How old the newest second is that was accepted, since its beginning; null before the first.</summary>
    public TimeSpan? Lag() => NewestAcceptedSecond is { } second
        ? _time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(second)
        : null;

    /// <summary>The exporter's own meter, of one pipeline.</summary>
    public static MeterOptions MeterOf(string pipeline) => new(MeterName)
    {
        Version = LibraryVersion.Of(typeof(ExporterStatistics).Assembly),
        Tags = [new("fastscaling.pipeline", pipeline)],
    };

    /// <summary>Publishes how much waits, and how far the clock is off.</summary>
    public void Watch(PendingSamples pending, ClockOffset clock)
    {
        _meter.CreateObservableUpDownCounter(
            "fastscaling.cloudwatch.backlog.samples", () => pending.Count, "{sample}", "Samples that wait or are under way.");
        _meter.CreateObservableUpDownCounter(
            "fastscaling.cloudwatch.backlog.data", () => pending.Data, "{datum}", "Data that wait or are under way.");
        _meter.CreateObservableUpDownCounter(
            "fastscaling.cloudwatch.backlog.bytes", () => pending.Bytes, "By", "Memory of samples that wait or are under way, at most.");
        _meter.CreateObservableGauge(
            "fastscaling.cloudwatch.clock_offset", () => clock.Offset.TotalSeconds, "s", "CloudWatch's time minus that of this machine; 0 while they agree or nothing is known.");
    }

    public void Collected(int samples, int data, long gap, TimeSpan lateness)
    {
        Interlocked.Add(ref _samples, samples);
        Interlocked.Add(ref _sampledData, data);
        Interlocked.Add(ref _gapSamples, gap);
        if (lateness.Ticks > _longestLateness)
        {
            Interlocked.Exchange(ref _longestLateness, lateness.Ticks);
        }

        _lateness.Record(lateness.TotalSeconds);
    }

    /// <summary>A call has ended. What became of its data is told separately.</summary>
    public void Called(SendResult result, int data, TimeSpan duration)
    {
        Interlocked.Increment(ref _requests[(int)result.Outcome]);
        Interlocked.Add(ref _sentData, data);
        var tags = default(TagList);
        tags.Add(OutcomeTag, Outcomes[(int)result.Outcome]);
        _duration.Record(duration.TotalSeconds, tags);
        if (result.ErrorType.Length > 0)
        {
            tags.Add("error.type", result.ErrorType);
        }

        _requestCounter.Add(1, tags);
    }

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Accepted(int data, long newestSecond)
    {
        Interlocked.Add(ref _acceptedData, data);
        if (newestSecond > _newestAcceptedSecond)
        {
            Interlocked.Exchange(ref _newestAcceptedSecond, newestSecond);
        }
    }

    public void Unknown(int data) => Interlocked.Add(ref _unknownData, data);

    public void Drop(DropReason reason, int data) => Interlocked.Add(ref _dropped[(int)reason], data);

    /// <summary>Counts points that were published in the place of others.</summary>
    public void Mapped(MappingCounts counts)
    {
        Interlocked.Add(ref _foldedPoints, counts.Folded);
        Interlocked.Add(ref _overflowPoints, counts.SdkOverflow);
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> ObserveLag() => Lag() is { } lag ? [new(lag.TotalSeconds)] : [];

    private Measurement<long>[] ObserveData() =>
    [
        Measure(AcceptedData, Outcomes[(int)SendOutcome.Accepted]),
        Measure(UnknownData, Outcomes[(int)SendOutcome.Unknown]),
        .. DropReasons.Select((reason, index) => Measure(Dropped((DropReason)index), reason)),
    ];

    private static Measurement<long> Measure(long value, string outcome) =>
        new(value, new KeyValuePair<string, object?>(OutcomeTag, outcome));
}
