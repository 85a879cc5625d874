using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// What the exporter did, counted. Every datum is in exactly one place: pending, accepted, unknown, or dropped by reason.
/// Also published as a meter, for whoever wants to watch the exporter.
/// </summary>
internal sealed class ExporterStatistics : IDisposable
{
    public const string MeterName = "FastScaling.Otel.Exporter.CloudWatch";

    private readonly Meter _meter;
    private readonly Histogram<double> _lateness;
    private readonly long[] _requests = new long[Enum.GetValues<SendOutcome>().Length];
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];
    private long _samples;
    private long _gapSamples;
    private long _sampledData;
    private long _acceptedData;
    private long _unknownData;
    private long _longestLateness;
    private long _foldedPoints;
    private long _overflowPoints;

    /// <param name="pipeline">The name of the pipeline, a tag of all measurements.</param>
    public ExporterStatistics(string pipeline)
    {
        _meter = new Meter(new MeterOptions(MeterName) { Tags = [new("fastscaling.pipeline", pipeline)] });
        _lateness = _meter.CreateHistogram<double>(
            "fastscaling.collection.lateness", "s", "How long after the end of its second a collection came.");
        _meter.CreateObservableCounter(
            "fastscaling.samples", () => Samples, "{sample}", "Samples taken, one a second.");
        _meter.CreateObservableCounter(
            "fastscaling.sample_gaps", () => GapSamples, "{sample}", "Seconds without a sample, after a suspension of more than a minute.");
        _meter.CreateObservableCounter(
            "fastscaling.cloudwatch.requests", ObserveRequests, "{request}", "PutMetricData calls by outcome.");
        _meter.CreateObservableCounter(
            "fastscaling.series.folded", () => FoldedPoints, "{point}", "Points that went into an overflow series, because there were more series than MaxSeries.");
        _meter.CreateObservableCounter(
            "fastscaling.series.sdk_overflow", () => OverflowPoints, "{point}", "Points that stand for series beyond the cardinality limit of the OpenTelemetry SDK.");
        _meter.CreateObservableCounter(
            "fastscaling.cloudwatch.data", ObserveData, "{datum}", "Data by what became of them.");
    }

    public long Samples => Interlocked.Read(ref _samples);

    public long GapSamples => Interlocked.Read(ref _gapSamples);

    public long SampledData => Interlocked.Read(ref _sampledData);

    public long AcceptedData => Interlocked.Read(ref _acceptedData);

    public long UnknownData => Interlocked.Read(ref _unknownData);

    public long FoldedPoints => Interlocked.Read(ref _foldedPoints);

    public long OverflowPoints => Interlocked.Read(ref _overflowPoints);

    public TimeSpan LongestLateness => new(Interlocked.Read(ref _longestLateness));

    public long Requests(SendOutcome outcome) => Interlocked.Read(ref _requests[(int)outcome]);

    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

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

    public void Sent(SendOutcome outcome, int data)
    {
        Interlocked.Increment(ref _requests[(int)outcome]);
        switch (outcome)
        {
            case SendOutcome.Accepted:
                Interlocked.Add(ref _acceptedData, data);
                break;
            case SendOutcome.Unknown:
                Interlocked.Add(ref _unknownData, data);
                break;
            case SendOutcome.Refused:
                Drop(DropReason.Refused, data);
                break;
            case SendOutcome.Failed:
                break; // They stay pending.
        }
    }

    public void Drop(DropReason reason, int data) => Interlocked.Add(ref _dropped[(int)reason], data);

    /// <summary>Counts points that were published in the place of others.</summary>
    public void Mapped(MappingCounts counts)
    {
        Interlocked.Add(ref _foldedPoints, counts.Folded);
        Interlocked.Add(ref _overflowPoints, counts.SdkOverflow);
    }

    public void Dispose() => _meter.Dispose();

    private Measurement<long>[] ObserveRequests() =>
        [.. Enum.GetValues<SendOutcome>().Select(outcome => Measure(Requests(outcome), outcome.ToString()))];

    private Measurement<long>[] ObserveData() =>
    [
        Measure(AcceptedData, nameof(SendOutcome.Accepted)),
        Measure(UnknownData, nameof(SendOutcome.Unknown)),
        .. Enum.GetValues<DropReason>().Select(reason => Measure(Dropped(reason), reason.ToString())),
    ];

    private static Measurement<long> Measure(long value, string outcome) =>
        new(value, new KeyValuePair<string, object?>("outcome", outcome));
}
