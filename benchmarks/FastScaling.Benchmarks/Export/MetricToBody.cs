using System.Diagnostics.Metrics;
using FastScaling.Otel;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>
/// Everything from the metrics of OpenTelemetry to the body of a request, with the product's parts: five collections
/// of instruments in use, and the body of their 30 data.
/// </summary>
internal sealed class MetricToBody : IDisposable
{
    public const int Data = 30;

    private const int Samples = 5;
    private const string MeterName = "FastScaling.Benchmarks.MetricToBody";

    private readonly Meter _meter = new(new MeterOptions(MeterName));
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;
    private readonly MeasuringExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private readonly SignalReading _reading = new() { Available = ScalingSignals.All };
    private readonly Sampler _sampler = new(ScalingSignals.All, TimeSpan.Zero);
    private readonly PendingSamples _pending = new(1024 * 1024, TimeSpan.FromHours(1), (_, _) => { }, TimeProvider.System);
    private readonly List<Part> _inFlight = [];
    private readonly PutMetricDataWriter _writer = new(ExportContent.Namespace, ExportContent.Dimensions, ExportContent.StorageResolution);
    private readonly Random _random = new(1);
    private long _second = 1_795_000_000;

    public MetricToBody()
    {
        _duration = _meter.CreateHistogram<double>("http.server.request.duration", "s");
        _active = _meter.CreateUpDownCounter<long>("http.server.active_requests");
        _meter.CreateUpDownCounter<long>("kestrel.active_connections").Add(40);
        _meter.CreateUpDownCounter<long>("kestrel.queued_requests");
        _meter.CreateObservableGauge(FastScalingMeter.ThreadPoolQueueDelay, () => 0.000123);
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Delta };
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(MeterName)
            .AddView(instrument => instrument is Histogram<double>
                ? new Base2ExponentialBucketHistogramConfiguration { MaxSize = ExponentialHistogramMapping.MaxBuckets, TagKeys = [] }
                : new MetricStreamConfiguration { TagKeys = [] })
            .AddReader(_reader)
            .Build();
    }

    /// <summary>Bytes that one body costs from metric to body, on average of so many, when everything is warm.</summary>
    public double AllocatedPerBody(int warmUp = 100, int bodies = 100)
    {
        for (var i = 0; i < warmUp; i++)
        {
            WriteBody();
        }

        long allocated = 0;
        for (var i = 0; i < bodies; i++)
        {
            allocated += WriteBody();
        }

        return (double)allocated / bodies;
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
        _meter.Dispose();
    }

    private long WriteBody()
    {
        long allocated = 0;
        for (var i = 0; i < Samples; i++)
        {
            RecordRequests();
            allocated += Sample();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        _writer.Begin();
        _inFlight.Clear();
        while (_pending.TryTakeNewest(PendingPlace.Fresh, out var part))
        {
            _writer.TryAdd(part.Sample);
            _inFlight.Add(part);
        }

        var data = _writer.End().IsEmpty ? 0 : _writer.DatumCount;
        foreach (var part in _inFlight)
        {
            _pending.Release(part);
        }

        allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return data == Data ? allocated : throw new InvalidOperationException($"The body has {data} data.");
    }

    private void RecordRequests()
    {
        for (var i = 0; i < 200; i++)
        {
            _active.Add(1);
            _duration.Record(Math.Exp(_random.NextDouble() * 4) / 1000);
            _active.Add(-1);
        }
    }

    private long Sample()
    {
        var before = _exporter.Allocated;
        _reading.Clear();
        _exporter.Inner.Reading = _reading;
        _reader.Collect();
        var reading = _exporter.Allocated - before;

        before = GC.GetAllocatedBytesForCurrentThread();
        var second = _second++;
        _sampler.Take(_reading, new SampleRange(second, 1, 1, 0, TimeSpan.Zero), TimeSpan.FromSeconds(second + 1), _pending);
        return reading + GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
