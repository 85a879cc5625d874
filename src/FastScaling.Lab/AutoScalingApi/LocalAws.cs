using FastScaling.LocalCloudWatch;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>A local CloudWatch and a local Application Auto Scaling that belong together: alarms call policies, and policies make alarms.</summary>
internal sealed class LocalAws : IAsyncDisposable
{
    private LocalAws(LocalCloudWatchServer cloudWatch, LocalAutoScalingServer autoScaling)
    {
        CloudWatch = cloudWatch;
        AutoScaling = autoScaling;
    }

    public LocalCloudWatchServer CloudWatch { get; }

    public LocalAutoScalingServer AutoScaling { get; }

    /// <exception cref="IOException">A port is already in use.</exception>
    public static async Task<LocalAws> StartAsync(
        LocalCloudWatchOptions? cloudWatch = null, LocalAutoScalingOptions? autoScaling = null, CancellationToken cancellationToken = default)
    {
#pragma warning disable CA2000 // Disposed with the result, or below.
        var scaling = await LocalAutoScalingServer.StartAsync(autoScaling, cancellationToken);
#pragma warning restore CA2000
        try
        {
            cloudWatch ??= new LocalCloudWatchOptions();
            cloudWatch.AlarmActionTargets.Add(scaling);
            var server = await LocalCloudWatchServer.StartAsync(cloudWatch, cancellationToken);
            scaling.Connect(server);
            return new LocalAws(server, scaling);
        }
        catch
        {
            await scaling.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloudWatch.DisposeAsync();
        await AutoScaling.DisposeAsync();
    }
}
