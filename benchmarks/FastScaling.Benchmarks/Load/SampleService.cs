using System.Diagnostics.Metrics;
using System.Net;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace FastScaling.Benchmarks.Load;

/// <summary>
/// The smallest web service there is, a route that answers with two bytes: the exporter's share of a request is never
/// larger than here.
/// </summary>
internal sealed class SampleService : IDisposable
{
    private readonly WebApplication _app;
    private readonly MeterListener? _listener;

    public SampleService(ServiceSetup setup)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        AddMetrics(builder.Services, setup);

        _app = builder.Build();
        _app.MapGet("/", static () => Results.Text("ok"));
        _listener = setup.HasNoOpListener ? Listeners.NoOpOfHost(_app.Services.GetRequiredService<IMeterFactory>()) : null;
        _app.StartAsync().GetAwaiter().GetResult();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public string Url { get; }

    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        _listener?.Dispose();
    }

    private static void AddMetrics(IServiceCollection services, ServiceSetup setup)
    {
        if (setup.HasOpenTelemetry)
        {
            // A minute is the default of OpenTelemetry; what a backend would cost is left out.
            services.AddOpenTelemetry().WithMetrics(static metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddReader(new PeriodicExportingMetricReader(new EmptyExporter(), 60_000)));
        }

        if (setup.Exporter is { } endpoint)
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter(options =>
            {
                options.Endpoint = endpoint;
                options.Region = "eu-central-1";
                options.Credentials = new BasicAWSCredentials("AKIDBENCHMARK", "benchmark-secret");
                options.ExportInterval = setup.ExportInterval;
                options.Dimensions["ServiceName"] = "benchmark";
            }));
        }
    }
}
