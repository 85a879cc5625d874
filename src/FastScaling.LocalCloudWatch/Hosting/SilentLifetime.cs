using Microsoft.Extensions.Hosting;

namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>Leaves Ctrl-C and SIGTERM to the application: the default lifetime would catch them for the whole process.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
