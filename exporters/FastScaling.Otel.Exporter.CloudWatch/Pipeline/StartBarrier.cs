using Microsoft.Extensions.Hosting;

namespace FastScaling.Otel.Exporter.CloudWatch.Pipeline;

/// <summary>
/// The instruments are subscribed to beside the start of the host. When all of it has started, mostly longer after, this
/// waits for what may be left of that: a request that is sent to a host that says that it has started is counted.
/// </summary>
internal sealed class StartBarrier(PipelineRegistry registry) : IHostedLifecycleService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in registry.Started)
        {
            pipeline.WaitUntilListening(Longest);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
