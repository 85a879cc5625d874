namespace FastScaling.Demo.Service;

/// <summary>Leaves Ctrl-C and SIGTERM to the demo, which has to stop the load first.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
