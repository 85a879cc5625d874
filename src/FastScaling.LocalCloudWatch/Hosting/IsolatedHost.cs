using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>A web server of which the rest of the process notices nothing: no configuration from outside, no logs, no metrics, no spans.</summary>
internal static class IsolatedHost
{
    // A client that never finishes its request must not hold up the end.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    public static WebApplication Build(LocalCloudWatchOptions options, RequestDelegate handler)
    {
        var builder = Builder("FastScaling.LocalCloudWatch");
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        Silence(builder.Services);
        var app = builder.Build();
        app.Run(handler);
        return app;
    }

    /// <summary>A builder that reads nothing from the surroundings, logs nothing, and leaves signals to the application. Meters and spans are still there.</summary>
    public static WebApplicationBuilder Builder(string name)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(NullLoggerFactory.Instance));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <exception cref="IOException">The port is already in use, or cannot be bound.</exception>
    public static async Task StartAsync(WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new IOException(FormattableString.Invariant($"Port {port} is already in use on the loopback address. Stop what listens there, or choose another port."), e);
        }
    }

    public static Uri Endpoint(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static void Configure(KestrelServerOptions kestrel, LocalCloudWatchOptions options)
    {
        kestrel.AddServerHeader = false;

        // The request handler has its own limit, with CloudWatch's error.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (options.Certificate is not null)
            {
                listen.UseHttps(options.Certificate);
            }
        });
    }

    private static void Silence(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IMeterFactory, SilentMeterFactory>());

        // Names of their own keep them out of listeners for ASP.NET Core, and being disposed out of those for everything.
        var listener = new DiagnosticListener("FastScaling.LocalCloudWatch");
        listener.Dispose();
        services.Replace(ServiceDescriptor.Singleton(listener));
        services.RemoveAll<DiagnosticSource>();
        services.AddSingleton<DiagnosticSource>(listener);
        var source = new ActivitySource("FastScaling.LocalCloudWatch");
        source.Dispose();
        services.Replace(ServiceDescriptor.Singleton(source));
    }
}
