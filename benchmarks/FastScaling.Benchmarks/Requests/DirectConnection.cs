using Microsoft.AspNetCore.Hosting.Server;

namespace FastScaling.Benchmarks.Requests;

/// <summary>What Kestrel's loop does for each request of a connection.</summary>
internal sealed class DirectConnection<TContext>(IHttpApplication<TContext> application) : IDirectConnection
    where TContext : notnull
{
    private readonly DirectFeatures<TContext> _features = new();

    public int Request()
    {
        _features.Reset();
        var context = application.CreateContext(_features);
        try
        {
            // The endpoint completes synchronously, and so does all of it.
            application.ProcessRequestAsync(context).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            application.DisposeContext(context, exception);
            throw;
        }

        application.DisposeContext(context, null);
        return _features.StatusCode;
    }
}
