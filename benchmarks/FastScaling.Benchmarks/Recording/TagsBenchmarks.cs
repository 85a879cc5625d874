using System.Diagnostics;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;

namespace FastScaling.Benchmarks;

/// <summary>
/// One measurement with 0 to 7 tags. Up to three tags are passed as arguments, more in a TagList that is built for each
/// measurement, as an application would. prometheus-net has children that are bound to their tags beforehand, its
/// recommended and fastest way.
/// </summary>
/// <remarks>
/// The instruments bear names that the scaling pipeline listens to. Its sums are read from up-down counters, and
/// those are cumulative; a plain counter, which has the dearer delta temporality there, lets one instrument serve all.
/// </remarks>
[MemoryDiagnoser]
[WarmupCount(3)]
[IterationCount(5)]
[IterationTime(150)]
public class TagsBenchmarks
{
    private static readonly string[] Names = ["tag1", "tag2", "tag3", "tag4", "tag5", "tag6", "tag7"];

    private readonly FixedMeterFactory _factory = new();
    private IDisposable? _listeners;
    private Meter _meter = null!;
    private Counter<long> _counter = null!;
    private Histogram<double> _histogram = null!;
    private Prometheus.Counter.Child? _prometheusCounter;
    private Prometheus.Histogram.Child? _prometheusHistogram;

    [Params(0, 1, 3, 5, 7)]
    public int Tags { get; set; }

    [Params(
        Listening.Nobody,
        Listening.NoOpListener,
        Listening.OpenTelemetry,
        Listening.OpenTelemetryDelta,
        Listening.OpenTelemetryTwoReaders,
        Listening.FastScaling,
        Listening.OpenTelemetryAndFastScaling,
        Listening.PrometheusNet)]
    public Listening Listening { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _meter = _factory.Create(new MeterOptions(RequestInstruments.HostingMeter));
        _counter = _meter.CreateCounter<long>("http.server.active_requests", "{request}");
        _histogram = _meter.CreateHistogram(
            "http.server.request.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = RequestInstruments.Bounds });
        _listeners = Listeners.Start(Listening, _meter);
        if (Listening == Listening.PrometheusNet)
        {
            var names = Names[..Tags];
            var values = names.Select(static name => name + " value").ToArray();
            var metrics = Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry());
            _prometheusCounter = metrics.CreateCounter("counter", "A counter.", names).WithLabels(values);
            _prometheusHistogram = metrics
                .CreateHistogram("histogram", "A histogram.", names, new Prometheus.HistogramConfiguration { Buckets = [.. RequestInstruments.Bounds] })
                .WithLabels(values);
        }
    }

    [Benchmark]
    public void Counter()
    {
        if (_prometheusCounter is not null)
        {
            _prometheusCounter.Inc();
            return;
        }

        switch (Tags)
        {
            case 0:
                _counter.Add(1);
                break;
            case 1:
                _counter.Add(1, new KeyValuePair<string, object?>("tag1", "value1"));
                break;
            case 3:
                _counter.Add(1, new("tag1", "value1"), new("tag2", "value2"), new("tag3", "value3"));
                break;
            default:
                _counter.Add(1, TagsOf(Tags));
                break;
        }
    }

    [Benchmark]
    public void Histogram()
    {
        if (_prometheusHistogram is not null)
        {
            _prometheusHistogram.Observe(0.0123);
            return;
        }

        switch (Tags)
        {
            case 0:
                _histogram.Record(0.0123);
                break;
            case 1:
                _histogram.Record(0.0123, new KeyValuePair<string, object?>("tag1", "value1"));
                break;
            case 3:
                _histogram.Record(0.0123, new("tag1", "value1"), new("tag2", "value2"), new("tag3", "value3"));
                break;
            default:
                _histogram.Record(0.0123, TagsOf(Tags));
                break;
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _listeners?.Dispose();
        _meter.Dispose();
    }

    private static TagList TagsOf(int count)
    {
        var tags = new TagList
        {
            { "tag1", "value1" },
            { "tag2", "value2" },
            { "tag3", "value3" },
            { "tag4", "value4" },
            { "tag5", "value5" },
        };
        if (count == 7)
        {
            tags.Add("tag6", "value6");
            tags.Add("tag7", "value7");
        }

        return tags;
    }
}
