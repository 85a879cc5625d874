using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class CustomSignalTests
{
    [Fact]
    public async Task A_signal_is_published_each_second_and_one_that_hangs_or_throws_holds_up_nothing()
    {
        using var released = new ManualResetEventSlim();
        var calls = 0;
        var log = new CapturingLogger();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using (var service = await TestService.StartAsync(
            cloudWatch,
            configure: builder => builder.Logging.AddProvider(log),
            configureExporter: options =>
            {
                options.ExportInterval = TimeSpan.FromSeconds(1);
                options.AddSignal("JobsWaiting", "{job}", () => Interlocked.Increment(ref calls))
                    .AddSignal("Hangs", "Count", () =>
                    {
                        released.Wait(TimeSpan.FromSeconds(60));
                        return 1;
                    })
                    .AddSignal("Throws", "Count", () => throw new InvalidOperationException("On purpose."))
                    .AddSignal("Impossible", "s", () => double.NaN);
            }))
        {
            await service.OfferAsync(10, TimeSpan.FromSeconds(6));
            await service.StopAsync();
        }

        released.Set();
        var series = cloudWatch.GetSeries();
        cloudWatch.Points(ScalingSignals.RequestsPerSecond).AssertOneSampleASecond();
        var jobs = series.Single(each => each.MetricName == "JobsWaiting");
        Assert.Equal("Count", jobs.Unit);
        Assert.InRange(jobs.DataPoints.Count, 3, 7);
        Assert.All(jobs.DataPoints, point => Assert.Equal(1, point.SampleCount));
        Assert.Contains(series.Single(each => each.MetricName == "RequestsPerSecond").Dimensions, jobs.Dimensions.Contains);
        Assert.DoesNotContain(series, each => each.MetricName is "Hangs" or "Throws" or "Impossible");
        Assert.Equal(3, log.CountOf(63));
    }

    [Fact]
    public async Task A_rise_of_a_signal_is_sent_at_once()
    {
        var value = 10.0;
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options =>
            {
                options.ExportInterval = TimeSpan.FromMinutes(1);
                options.AddSignal("JobsWaiting", "Count", () => Volatile.Read(ref value), surgeThreshold: 100);
            });
        await service.OfferAsync(5, TimeSpan.FromSeconds(13));

        Volatile.Write(ref value, 500);
        var deadline = DateTimeOffset.UtcNow.AddSeconds(20);
        while (!cloudWatch.GetSeries().Any(each => each.MetricName == "JobsWaiting" && each.DataPoints.Any(point => point.Sum == 500)))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, "The rise was not sent before the interval was over.");
            await Task.Delay(20);
        }
    }
}
