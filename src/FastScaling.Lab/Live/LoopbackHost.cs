using System.Net;
using FastScaling.LocalCloudWatch.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FastScaling.Lab.Live;

/// <summary>Web servers of the lab: on the loopback address only, with nothing read from the surroundings and nothing logged.</summary>
internal static class LoopbackHost
{
    public static WebApplicationBuilder Builder(int port, string name)
    {
        var builder = IsolatedHost.Builder(name);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
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

        return IsolatedHost.Endpoint(app);
    }

    private static bool IsInUse(Exception? exception) => exception is not null && (exception is AddressInUseException || IsInUse(exception.InnerException));
}
