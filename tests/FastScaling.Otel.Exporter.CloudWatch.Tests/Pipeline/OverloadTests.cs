using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class OverloadTests
{
    [Fact]
    public async Task A_service_that_manages_60_of_300_requests_a_second_shows_the_load_within_two_seconds()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var capacity = new SemaphoreSlim(3);
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromSeconds(1),
            map: application => application.MapGet("/work", async () =>
            {
                // Three at a time for 50 ms each: 60 a second.
                await capacity.WaitAsync();
                await Task.Delay(50);
                capacity.Release();
                return "worked";
            }));
        await service.GetAsync();
        await service.OfferAsync(20, TimeSpan.FromSeconds(2), "/work");

        var surge = DateTimeOffset.UtcNow;
        await service.OfferAsync(300, TimeSpan.FromSeconds(4), "/work");
        await service.StopAsync();

        // The first whole second of the surge, and the one after it.
        var first = DateTimeOffset.FromUnixTimeSeconds(surge.ToUnixTimeSeconds() + 1);
        var shown = Enum.GetValues<ScalingSignals>()
            .Where(signal => signal is not (ScalingSignals.None or ScalingSignals.All))
            .ToDictionary(signal => signal, signal => cloudWatch.Points(signal).Where(point => point.Timestamp >= first.AddSeconds(-2)).ToList());
        foreach (var (signal, points) in shown)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{signal}: {string.Join(' ', points.Take(7).Select(point => $"{point.Timestamp:ss}s={point.Average:0.#}"))}");
        }

        Assert.Contains(shown[ScalingSignals.RequestsPerSecond], point => point.Timestamp <= first && point.Sum > 100);
        Assert.Contains(shown[ScalingSignals.RequestsPerSecond], point => point.Timestamp == first && point.Sum is > 200 and < 400);
        var concurrency = shown[ScalingSignals.ActiveRequests];
        Assert.True(concurrency.Single(point => point.Timestamp == first.AddSeconds(1)).Sum > concurrency.Single(point => point.Timestamp == first).Sum);

        // What it managed would have hidden the surge.
        Assert.All(
            shown[ScalingSignals.ResponseTime].Where(point => point.Timestamp >= first && point.Timestamp <= first.AddSeconds(2)),
            point => Assert.InRange(point.SampleCount, 1, 80));
    }
}
