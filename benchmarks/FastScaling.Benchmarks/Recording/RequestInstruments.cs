using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FastScaling.Benchmarks;

/// <summary>The two instruments that the hosting layer of ASP.NET Core records for a request, under a meter name of choice.</summary>
internal sealed class RequestInstruments : IDisposable
{
    public const string HostingMeter = "Microsoft.AspNetCore.Hosting";

    // The bounds that ASP.NET Core advises; OpenTelemetry takes them over.
    public static readonly IReadOnlyList<double> Bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly object StatusCode = 200;

    private readonly UpDownCounter<long> _active;

    public RequestInstruments(string meterName = HostingMeter)
    {
        Meter = Factory.Create(new MeterOptions(meterName));
        _active = Meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}");
        Duration = Meter.CreateHistogram(
            "http.server.request.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds });
    }

    public FixedMeterFactory Factory { get; } = new();

    public Meter Meter { get; }

    public Histogram<double> Duration { get; }

    /// <summary>What the hosting layer does for a request: one up, one down, and the duration with five tags.</summary>
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
        Duration.Record(0.0123, tags);
    }

    public void Record(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Record();
        }
    }

    public void Dispose() => Meter.Dispose();
}
