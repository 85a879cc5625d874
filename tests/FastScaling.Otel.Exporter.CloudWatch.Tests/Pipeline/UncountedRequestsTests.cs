using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>What <c>DisableHttpMetrics()</c> does to the signals.</summary>
public class UncountedRequestsTests
{
    [Fact]
    public async Task Short_requests_to_an_endpoint_without_metrics_are_neither_arrivals_nor_response_times()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            map: application => application.MapGet("/health", () => "healthy").DisableHttpMetrics());

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, await service.GetAsync("/health"));
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, await service.GetAsync());
        }

        await service.StopAsync();

        Assert.Equal(3, cloudWatch.Points(ScalingSignals.ResponseTime).Sum(point => point.SampleCount));

        // One that happens to be in flight at the end of a second is an arrival of it.
        var arrivals = cloudWatch.Points(ScalingSignals.RequestsPerSecond);
        Assert.InRange(arrivals.Sum(point => point.Sum), 3, 3 + arrivals.Count);
    }

    [Fact]
    public async Task A_long_request_to_an_endpoint_without_metrics_is_active_and_arrives_but_has_no_response_time()
    {
        var end = new TaskCompletionSource();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromSeconds(1),
            map: application => application.MapGet("/stream", async () =>
            {
                await end.Task;
                return "end";
            }).DisableHttpMetrics());

        var reply = service.GetAsync("/stream");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; !cloudWatch.Points(ScalingSignals.ActiveRequests).Any(point => point.Maximum == 1); i++)
        {
            Assert.True(i < 600, "It was not seen as active within half a minute.");
            await timer.WaitForNextTickAsync();
        }

        end.SetResult();
        Assert.Equal(200, await reply);
        await service.StopAsync();

        // ASP.NET Core counts it as active before it knows the endpoint.
        Assert.Empty(cloudWatch.Points(ScalingSignals.ResponseTime));
        Assert.Equal(1, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }
}
