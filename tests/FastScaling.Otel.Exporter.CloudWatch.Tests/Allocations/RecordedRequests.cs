using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using Microsoft.Extensions.DependencyInjection;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Allocations;

/// <summary>What the hosting layer of ASP.NET Core records of a request, into the scaling pipeline.</summary>
internal sealed class RecordedRequests : IDisposable
{
    private static readonly object StatusCode = 200;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly SignalCollector _collector;

    public RecordedRequests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        var meter = factory.Create("Microsoft.AspNetCore.Hosting");
        _active = meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}");
        _duration = meter.CreateHistogram<double>("http.server.request.duration", "s");
        _collector = new SignalCollector(factory);
        _collector.Open();
    }

    public void Record()
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

    /// <summary>Requests that the pipeline has seen end.</summary>
    public long CountEnded()
    {
        var reading = new SignalReading();
        _collector.CollectInto(reading);
        return reading.EndedRequests;
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }
}
