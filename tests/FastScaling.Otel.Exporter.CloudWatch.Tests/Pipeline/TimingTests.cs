using System.Collections.Concurrent;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class TimingTests
{
    [Fact]
    public async Task Each_second_has_one_sample_and_each_export_interval_one_call()
    {
        var calls = new ConcurrentQueue<PutMetricDataReceipt>();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Received = calls.Enqueue });
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromSeconds(2));
        var first = DateTimeOffset.UtcNow;

        await service.OfferAsync(50, TimeSpan.FromSeconds(11));
        var regular = calls.ToArray();
        await service.StopAsync();

        cloudWatch.Points(ScalingSignals.RequestsPerSecond).AssertOneSampleASecond();
        cloudWatch.Points(ScalingSignals.QueueDelay).AssertOneSampleASecond();

        // The first sample comes within a second, the first call within an interval of it.
        Assert.InRange(regular[0].ReceivedAt - first, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
        Assert.InRange(regular.Length, 4, 6);
        var gaps = regular.Zip(regular.Skip(1), (earlier, later) => (later.ReceivedAt - earlier.ReceivedAt).TotalSeconds);
        Assert.All(gaps, gap => Assert.InRange(gap, 1.5, 2.5));
        Assert.Single(calls.Select(call => call.ConnectionId).Distinct());
    }

    [Fact]
    public async Task A_sample_is_stamped_with_the_second_in_which_its_requests_came()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(cloudWatch);
        await service.GetAsync();

        // Away from the boundary of a second, where the lateness of the collection decides.
        var perSecond = new Dictionary<long, int>();
        var end = DateTimeOffset.UtcNow.AddSeconds(5);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (DateTimeOffset.UtcNow < end)
        {
            await timer.WaitForNextTickAsync();
            var before = DateTimeOffset.UtcNow;
            if (before.Millisecond is > 350 and < 800)
            {
                await service.GetAsync();
                if (DateTimeOffset.UtcNow.ToUnixTimeSeconds() == before.ToUnixTimeSeconds())
                {
                    perSecond[before.ToUnixTimeSeconds()] = perSecond.GetValueOrDefault(before.ToUnixTimeSeconds()) + 1;
                }
            }
        }

        await service.StopAsync();

        var points = cloudWatch.Points(ScalingSignals.RequestsPerSecond).ToDictionary(point => point.Timestamp.ToUnixTimeSeconds(), point => point.Sum);
        Assert.True(perSecond.Count >= 4);
        var firstSecond = points.Keys.Min();
        Assert.All(perSecond, pair => Assert.Equal(pair.Value + (pair.Key == firstSecond ? 1 : 0), points[pair.Key]));
    }

    [Fact]
    public async Task A_service_that_is_asked_to_stop_sends_every_second_at_once_and_no_zeros()
    {
        var calls = new ConcurrentQueue<PutMetricDataReceipt>();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Received = calls.Enqueue });
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromSeconds(60));
        await service.OfferAsync(20, TimeSpan.FromMilliseconds(1200));
        var offered = service.Counts.Arrived;
        var slow = service.GetAsync("/wait/4000");
        Assert.True(SpinWait.SpinUntil(() => service.Counts.Arrived > offered, TimeSpan.FromSeconds(30)));

        var stopping = DateTimeOffset.UtcNow;
        var stopped = service.StopAsync();
        await slow;
        var ended = DateTimeOffset.UtcNow;
        await stopped;

        // While the slow request ends, the seconds leave one by one, although the next call would be due in a minute. The first leaves
        // when the end begins, and a collection can come a moment after it.
        var most = (int)(ended - stopping).TotalSeconds + 3;
        Assert.InRange(calls.Count(call => call.ReceivedAt > stopping && call.ReceivedAt < ended), 2, most);
        var draining = DateTimeOffset.FromUnixTimeSeconds(stopping.ToUnixTimeSeconds() + 1);
        Assert.DoesNotContain(cloudWatch.Points(ScalingSignals.RequestsPerSecond), point => point.Timestamp >= draining && point.Sum == 0);
        Assert.Contains(cloudWatch.Points(ScalingSignals.ActiveRequests), point => point.Timestamp >= draining && point.Sum == 1);
        Assert.Equal(service.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }

    [Fact]
    public async Task Disposing_with_an_endpoint_that_never_answers_takes_no_longer_than_the_shutdown_time_out()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options =>
            {
                options.Endpoint = new Uri($"http://{silent.LocalEndpoint}");
                options.ExportInterval = TimeSpan.FromSeconds(1);
                options.ShutdownTimeout = TimeSpan.FromSeconds(1);
            });
        await service.OfferAsync(20, TimeSpan.FromSeconds(2.5));

        var start = TimeProvider.System.GetTimestamp();
        await service.StopAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
    }
}
