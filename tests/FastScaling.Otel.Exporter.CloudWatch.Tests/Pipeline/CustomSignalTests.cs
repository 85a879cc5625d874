using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using FastScaling.Otel.Exporter.CloudWatch.Scheduling;
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
            await service.OfferAsync(10, TimeSpan.FromSeconds(4));
            await service.StopAsync();
        }

        released.Set();
        var series = cloudWatch.GetSeries();
        cloudWatch.Points(ScalingSignals.RequestsPerSecond).AssertOneSampleASecond();
        var jobs = series.Single(each => each.MetricName == "JobsWaiting");
        Assert.Equal("Count", jobs.Unit);
        Assert.InRange(jobs.DataPoints.Count, 2, 5);
        Assert.All(jobs.DataPoints, point => Assert.Equal(1, point.SampleCount));
        Assert.Contains(series.Single(each => each.MetricName == "RequestsPerSecond").Dimensions, jobs.Dimensions.Contains);
        Assert.DoesNotContain(series, each => each.MetricName is "Hangs" or "Throws" or "Impossible");
        Assert.Equal(3, log.CountOf(63));
    }

    [Fact]
    public void A_rise_of_a_signal_is_seen_in_the_very_sample_that_has_it()
    {
        var (value, answered) = (10.0, 0);
        var signal = new CustomSignal("JobsWaiting", "Count", () =>
        {
            Interlocked.Increment(ref answered);
            return Volatile.Read(ref value);
        }, 100);
        var signals = new CustomSignals([signal]);
        var watch = new SurgeWatch(new SurgeThresholds(), ScalingSignals.None, 0.5, [signal]);
        var pending = new PendingSamples(1 << 20, TimeSpan.FromHours(1), static (_, _) => { }, TimeProvider.System);
        signals.Start();

        for (var second = 1; second <= 15; second++)
        {
            Volatile.Write(ref value, second < 15 ? 10 : 500);
            signals.Ask();
            Assert.True(SpinWait.SpinUntil(() => signals.Threads[0].HasValue, TimeSpan.FromSeconds(30)));
            Assert.Equal(1, signals.Take(second, isDraining: false, watch, pending));
            Assert.Equal(new SurgeVerdict(IsRising: second == 15, IsQuiet: second < 15), watch.TakeVerdict());
        }

        signals.Stop();
        Assert.Equal(15, answered);
    }
}
