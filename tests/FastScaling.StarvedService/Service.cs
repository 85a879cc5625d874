using System.Security.Cryptography.X509Certificates;
using FastScaling.Otel.Exporter.CloudWatch.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace FastScaling.StarvedService;

/// <summary>A web service as a user would write it, with the exporter configured by environment variables alone.</summary>
internal sealed class Service : IDisposable
{
    /// <summary>Names a PEM file with the certificates that the exporter trusts in place of the system's.</summary>
    public const string TrustedRootsVariable = "STARVED_SERVICE_TRUSTED_ROOTS";

    private readonly WebApplication _app;
    private readonly ServiceLedger _ledger;

    public Service()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(static kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1));
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("FastScaling", LogLevel.Trace);
        builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Environment.GetEnvironmentVariable(TrustedRootsVariable) is { Length: > 0 } path)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            builder.Services.AddSingleton(new TrustedRoots(roots));
        }

        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics.AddFastScalingCloudWatchExporter());

        _ledger = new ServiceLedger();
        _app = builder.Build();
        _app.MapGet("/", static () => Results.Text("ok"));
        _app.StartAsync().GetAwaiter().GetResult();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public string Url { get; }

    /// <summary>Ends the service as a host does, which sends the last samples.</summary>
    public ServiceReport Stop()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_app).Dispose();
        return _ledger.Report();
    }

    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        _ledger.Dispose();
    }
}
