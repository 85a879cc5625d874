using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class ConservationTests
{
    [Fact]
    public async Task Requests_of_every_kind_are_in_CloudWatch_exactly_once()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(cloudWatch);
        var random = new Random(1);
        string[] paths = ["/", "/", "/wait/5", "/wait/120", "/fail", "/throw", "/nowhere"];

        var end = TimeProvider.System.GetTimestamp() + (6 * TimeProvider.System.TimestampFrequency);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(async () =>
        {
            var mine = new Random(random.Next() + worker);
            while (TimeProvider.System.GetTimestamp() < end)
            {
                using var impatient = new CancellationTokenSource(mine.Next(10) == 0 ? 20 : 10_000);
                try
                {
                    await service.GetAsync(paths[mine.Next(paths.Length)], impatient.Token);
                }
                catch (OperationCanceledException)
                {
                    // A client that gives up; its request has arrived all the same.
                }
            }
        })));
        await service.StopAsync();

        AssertConserved(cloudWatch, service.Counts);
        Assert.True(service.Counts.Arrived > 500, $"Only {service.Counts.Arrived} requests were sent.");
    }

    [Fact]
    public async Task Requests_that_are_in_flight_when_the_service_is_stopped_are_conserved_too()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(cloudWatch);
        var inFlight = Enumerable.Range(0, 20).Select(_ => service.GetAsync("/wait/1500")).ToList();
        await service.GetAsync();

        await service.StopAsync();
        await Task.WhenAll(inFlight);

        Assert.Equal(21, service.Counts.Arrived);
        AssertConserved(cloudWatch, service.Counts);
    }

    [Fact]
    public async Task A_single_request_just_before_the_end_is_not_lost()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(cloudWatch);

        await service.GetAsync();
        await service.StopAsync();

        Assert.Equal(1, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
        AssertConserved(cloudWatch, service.Counts);
    }

    [Fact]
    public async Task Bursts_with_idle_seconds_between_them_are_conserved_and_idle_seconds_are_zeros()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(cloudWatch);

        await service.OfferAsync(200, TimeSpan.FromMilliseconds(300));
        await service.OfferAsync(0, TimeSpan.FromMilliseconds(3100));
        await service.OfferAsync(200, TimeSpan.FromMilliseconds(300));
        await service.StopAsync();

        AssertConserved(cloudWatch, service.Counts);
        var points = cloudWatch.Points(ScalingSignals.RequestsPerSecond);
        points.AssertOneSampleASecond();
        Assert.InRange(points.Count(point => point.Sum == 0), 2, 4);
        Assert.All(cloudWatch.Points(ScalingSignals.ResponseTime), point => Assert.True(point.SampleCount > 0));
    }

    [Fact]
    public async Task Requests_whose_metrics_are_disabled_are_not_counted_and_hide_none()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            map: application => application.MapGet("/health", () => "healthy").DisableHttpMetrics());

        for (var i = 0; i < 50; i++)
        {
            await service.GetAsync("/health");
            await service.GetAsync();
        }

        await service.StopAsync();

        Assert.Equal(50, service.Counts.Ended);
        Assert.Equal(50, cloudWatch.Points(ScalingSignals.ResponseTime).Sum(point => point.SampleCount));
        Assert.InRange(cloudWatch.Total(ScalingSignals.RequestsPerSecond), 50, 51);
    }

    private static void AssertConserved(LocalCloudWatchServer cloudWatch, HostingCounts counts)
    {
        Assert.Equal(counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond));

        var responseTimes = cloudWatch.Points(ScalingSignals.ResponseTime);
        Assert.Equal(counts.Ended, responseTimes.Sum(point => point.SampleCount));
        var milliseconds = counts.Durations * 1000;
        Assert.InRange(responseTimes.Sum(point => point.Sum), milliseconds * (1 - 1e-9), milliseconds * (1 + 1e-9));
        Assert.Equal(0, cloudWatch.RejectedCalls);
    }
}
