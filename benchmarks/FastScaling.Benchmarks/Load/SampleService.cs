using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
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
            AddOpenTelemetry(services);
        }

        if (setup.Exporter is { } endpoint)
        {
            AddExporter(services, endpoint, setup.ExportInterval);
        }
    }

    // Methods of their own: a service without them does not even load what they use.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddOpenTelemetry(IServiceCollection services) =>
        // A minute is the default of OpenTelemetry; what a backend would cost is left out.
        services.AddOpenTelemetry().WithMetrics(static metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddReader(new PeriodicExportingMetricReader(new EmptyExporter(), 60_000)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddExporter(IServiceCollection services, Uri endpoint, TimeSpan exportInterval) =>
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter(options =>
        {
            options.Endpoint = endpoint;
            options.ExportInterval = exportInterval;
            options.Dimensions["ServiceName"] = "benchmark";
        }));
}
