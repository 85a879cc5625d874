using Microsoft.Extensions.Hosting;

namespace FastScaling.Lab.Live;

/// <summary>Leaves Ctrl-C and SIGTERM to the tool, which has more to end than one server.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
