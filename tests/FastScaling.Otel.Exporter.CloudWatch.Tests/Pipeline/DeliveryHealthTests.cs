using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class DeliveryHealthTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_lag_is_that_of_the_newest_accepted_sample_and_begins_with_the_end_of_warm_up()
    {
        var health = new DeliveryHealth("", warmUpEnds: 100 * Second, Second, 5 * Second);

        Assert.Equal(TimeSpan.Zero, health.LagAt(99 * Second, null));
        Assert.Equal(20 * Second, health.LagAt(120 * Second, null));
        Assert.Equal(TimeSpan.Zero, health.LagAt(99 * Second, 50));
        Assert.Equal(5 * Second, health.LagAt(120 * Second, 114));
        Assert.Equal(TimeSpan.Zero, health.LagAt(120 * Second, 130));
    }

    [Fact]
    public void The_limit_is_never_what_the_intervals_alone_pass()
    {
        Assert.Equal(60 * Second, new DeliveryHealth("", default, Second, 5 * Second).LimitFor(60 * Second));
        Assert.Equal(11 * Second, new DeliveryHealth("", default, Second, 5 * Second).LimitFor(Second));
        Assert.Equal(660 * Second, new DeliveryHealth("", default, 60 * Second, 300 * Second).LimitFor(60 * Second));
    }

    [Fact]
    public async Task It_is_healthy_while_CloudWatch_takes_the_samples()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await StartAsync(cloudWatch, options => options.ExportInterval = Second);
        await service.GetAsync();
        await WaitAsync(() => cloudWatch.AcceptedCalls > 0);

        var entry = await CheckAsync(service);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(["droppedData", "lagSeconds", "pendingSamples"], entry.Data.Keys.Order());
        Assert.InRange((double)entry.Data["lagSeconds"], 0, 60);
        Assert.Equal(0L, entry.Data["droppedData"]);
    }

    [Fact]
    public async Task It_is_degraded_while_CloudWatch_cannot_be_reached()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await StartAsync(cloudWatch, options =>
            (options.Endpoint, options.ExportInterval, options.WarmUp) = (new Uri("http://127.0.0.1:1/"), Second, TimeSpan.Zero));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(service)).Status);

        // The least limit for these intervals is three seconds.
        HealthReportEntry entry = default;
        await WaitAsync(async () => (entry = await CheckAsync(service)).Status != HealthStatus.Healthy);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("3 s are allowed", entry.Description, StringComparison.Ordinal);
        Assert.True((double)entry.Data["lagSeconds"] > 3);
        Assert.True((int)entry.Data["pendingSamples"] > 0);
    }

    [Fact]
    public async Task Before_the_end_of_warm_up_nothing_is_expected()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await StartAsync(cloudWatch, options =>
            (options.Endpoint, options.ExportInterval, options.WarmUp) = (new Uri("http://127.0.0.1:1/"), Second, TimeSpan.FromHours(1)));

        var entry = await CheckAsync(service);

        Assert.Equal((HealthStatus.Healthy, 0.0), (entry.Status, (double)entry.Data["lagSeconds"]));
    }

    [Fact]
    public async Task Switched_off_it_is_healthy_and_says_so()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await StartAsync(cloudWatch, options => options.Enabled = false);

        var entry = await CheckAsync(service);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Contains("switched off", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_is_not_positive_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddHealthChecks().AddFastScalingHealthCheck(maxLag: TimeSpan.Zero));

    private static Task<TestService> StartAsync(LocalCloudWatchServer cloudWatch, Action<FastScalingCloudWatchExporterOptions> configure) =>
        TestService.StartAsync(
            cloudWatch,
            builder => builder.Services.AddHealthChecks().AddFastScalingHealthCheck(maxLag: TimeSpan.FromMilliseconds(1)),
            configureExporter: configure);

    private static async Task<HealthReportEntry> CheckAsync(TestService service) =>
        (await service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["fastscaling-cloudwatch"];

    private static Task WaitAsync(Func<bool> isDone) => WaitAsync(() => Task.FromResult(isDone()));

    private static async Task WaitAsync(Func<Task<bool>> isDone)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; !await isDone(); i++)
        {
            Assert.True(i < 300, "Nothing happened within half a minute.");
            await timer.WaitForNextTickAsync();
        }
    }
}
