using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using FastScaling.Demo.Load;
using FastScaling.Demo.Running;
using FastScaling.Otel.Exporter.CloudWatch;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FastScaling.Demo.Service;

/// <summary>
/// Runs the service inside the demo. The empty builder reads no environment variables and files, so that the surroundings (ASPNETCORE_URLS, real
/// AWS credentials) change nothing, and logs nothing into the display.
/// </summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    // A browser that keeps its connection must not hold up the end.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly RequestCountExporter _ownExporter;
    private long _visits;
    private int _isDisposed;

    private ServiceHost(WebApplication app)
    {
        _app = app;
        _ownExporter = app.Services.GetRequiredService<RequestCountExporter>();
    }

    /// <summary>Where it listens, once it has started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Requests of others than the load, for example of a browser.</summary>
    public long Visits => Interlocked.Read(ref _visits);

    /// <summary>The requests that the application's own exporter has seen.</summary>
    public long RequestsSeenByOwnExporter => _ownExporter.Requests;

    public static async Task<ServiceHost> StartAsync(int port, Uri cloudWatch, AWSCredentials credentials, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = DemoService.Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<RequestCountExporter>();

        // On AWS nothing of this is there: Region and credentials come from the task.
        builder.Configuration["FastScaling:CloudWatch:Endpoint"] = cloudWatch.ToString();
        builder.Configuration["FastScaling:CloudWatch:Region"] = AwsDefaults.Region;
        builder.Services.Configure<FastScalingCloudWatchExporterOptions>(options => options.Credentials = credentials);

        var host = new ServiceHost(DemoService.Build(builder));
        try
        {
            await host.StartAsync(port, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the service, and then the meter provider, which sends its last samples. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    private async Task StartAsync(int port, CancellationToken cancellationToken)
    {
        _app.Use((context, next) =>
        {
            if (!context.Request.Headers.UserAgent.Contains(LoadGenerator.UserAgent))
            {
                Interlocked.Increment(ref _visits);
            }

            return next(context);
        });

        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw Loopback.CannotListen("The service", "--port", port, exception);
        }
    }
}
