using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// A server without sockets: it gives requests straight to the hosting layer, which is where ASP.NET Core records its
/// metrics, in the way Kestrel does.
/// </summary>
internal sealed class DirectServer : IServer
{
    private Func<IDirectConnection>? _connect;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _connect = () => new DirectConnection<TContext>(application);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A connection may be used by one thread at a time.</summary>
    public IDirectConnection Connect() => _connect?.Invoke() ?? throw new InvalidOperationException("The server has not been started.");

    public void Dispose()
    {
    }
}
