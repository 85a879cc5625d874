using System.Diagnostics.Metrics;
using System.Net;
using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>A web service in this process, with the exporter, and with books of its own on when each request ended.</summary>
internal sealed class MeteredHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MeterListener _listener = new();
    private readonly List<DateTimeOffset> _ended = [];

    public MeteredHost(string serviceName, Uri endpoint, TimeSpan exportInterval)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter(options =>
        {
            options.Region = "eu-central-1";
            options.Endpoint = endpoint;
            options.Credentials = new BasicAWSCredentials("AKIDTEST", "secret");
            options.Dimensions["ServiceName"] = serviceName;
            options.ExportInterval = exportInterval;
            options.WarmUp = TimeSpan.Zero;
        }));
        _app = builder.Build();
        _app.MapGet("/", static () => Results.Text("ok"));

        var scope = _app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == StandardInstruments.RequestDuration && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
        {
            lock (_ended)
            {
                _ended.Add(DateTimeOffset.UtcNow);
            }
        });
        _listener.Start();
    }

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What the exporter counted. Can be read when the host has ended, too.</summary>
    public ExporterStatistics Statistics { get; private set; } = null!;

    /// <summary>When the requests ended.</summary>
    public IReadOnlyList<DateTimeOffset> Ended
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    /// <summary>Starts the host and with it the exporter.</summary>
    public async Task StartAsync()
    {
        await _app.StartAsync();
        Statistics = PipelineTable.Of(_app.Services.GetRequiredService<MeterProvider>()).Single().Statistics;
    }

    /// <summary>Ends the host, which sends the last samples.</summary>
    public Task StopAsync() => _app.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _listener.Dispose();
    }
}
