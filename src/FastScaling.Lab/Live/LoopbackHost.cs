using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastScaling.Lab.Live;

/// <summary>Web servers of the lab: on the loopback address only, with nothing read from the surroundings and nothing logged.</summary>
internal static class LoopbackHost
{
    // A client that never finishes must not hold up the end.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    public static WebApplicationBuilder Builder(int port, string name)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(NullLoggerFactory.Instance));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <param name="app">What to start.</param>
    /// <param name="what">Who listens, for the error.</param>
    /// <param name="option">The option that chooses the port, for the error.</param>
    /// <param name="port">The port asked for.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>Where it listens.</returns>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public static async Task<Uri> StartAsync(WebApplication app, string what, string option, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw new IOException(FormattableString.Invariant(
                $"{what} cannot listen on port {port} of 127.0.0.1: {(IsInUse(exception) ? "it is already in use. Stop what listens there, or choose" : exception.Message + " Choose")} another port with {option} (0 takes any free one)."), exception);
        }

        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    private static bool IsInUse(Exception? exception) => exception is not null && (exception is AddressInUseException || IsInUse(exception.InnerException));
}
