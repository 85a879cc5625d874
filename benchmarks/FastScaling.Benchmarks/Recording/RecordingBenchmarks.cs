using System.Diagnostics;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>
/// What one request records in the hosting layer of ASP.NET Core: one histogram with five tags, an up-down counter up
/// and down with two.
/// </summary>
[MemoryDiagnoser]
public class RecordingBenchmarks
{
    private readonly List<IDisposable> _owned = [];
    private UpDownCounter<long> _active = null!;
    private Histogram<double> _duration = null!;

    [Params(Listening.Nobody, Listening.OpenTelemetry, Listening.OpenTelemetryTwoReaders, Listening.FastScaling, Listening.OpenTelemetryAndFastScaling)]
    public Listening Listening { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var factory = new FixedMeterFactory();
        var meter = factory.Create(new MeterOptions("Microsoft.AspNetCore.Hosting"));
        _active = meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}");
        _duration = meter.CreateHistogram<double>("http.server.request.duration", "s");
        _owned.Add(meter);

        var readers = Listening switch
        {
            Listening.OpenTelemetry or Listening.OpenTelemetryAndFastScaling => 1,
            Listening.OpenTelemetryTwoReaders => 2,
            _ => 0,
        };
        if (readers > 0)
        {
            var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name);
            for (var i = 0; i < readers; i++)
            {
                builder.AddReader(new PeriodicExportingMetricReader(new EmptyExporter(), 60_000));
            }

            _owned.Add(builder.Build());
        }

        if (Listening is Listening.FastScaling or Listening.OpenTelemetryAndFastScaling)
        {
            _owned.Add(new SignalCollector(factory));
        }
    }

    [Benchmark]
    public void Request()
    {
        var tags = new TagList
        {
            { "url.scheme", "http" },
            { "http.request.method", "GET" },
        };
        _active.Add(1, tags);
        _active.Add(-1, tags);
        tags.Add("network.protocol.version", "1.1");
        tags.Add("http.response.status_code", StatusCode);
        tags.Add("http.route", "/orders/{id}");
        _duration.Record(0.0123, tags);
    }

    [GlobalCleanup]
    public void Cleanup() => _owned.ForEach(each => each.Dispose());

    private static readonly object StatusCode = 200;
}
