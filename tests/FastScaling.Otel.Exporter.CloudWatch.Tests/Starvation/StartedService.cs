namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>A service that was started at some fraction of a second, and the requests that it gets.</summary>
/// <param name="Name">The value of its dimension ServiceName.</param>
/// <param name="Before">Just before it was started.</param>
/// <param name="After">When it had started.</param>
/// <param name="Host">The service.</param>
/// <param name="Load">What it serves.</param>
internal sealed record StartedService(string Name, DateTimeOffset Before, DateTimeOffset After, MeteredHost Host, SteadyLoad Load) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Host.DisposeAsync();
    }
}
