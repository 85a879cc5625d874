using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class IsolationTests
{
    [Fact]
    public async Task Two_hosts_in_one_process_are_told_apart_and_one_outlives_the_other()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var first = await TestService.StartAsync(cloudWatch, serviceName: "first");
        await using var second = await TestService.StartAsync(cloudWatch, serviceName: "second");

        await Task.WhenAll(first.OfferAsync(100, TimeSpan.FromSeconds(2)), second.OfferAsync(30, TimeSpan.FromSeconds(2)));
        await second.StopAsync();
        await first.OfferAsync(100, TimeSpan.FromSeconds(2));
        await first.StopAsync();

        Assert.True(first.Counts.Arrived > second.Counts.Arrived && second.Counts.Arrived > 0);
        Assert.Equal(first.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond, "first"));
        Assert.Equal(second.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond, "second"));
        Assert.Equal(first.Counts.Ended, cloudWatch.Points(ScalingSignals.ResponseTime, "first").Sum(point => point.SampleCount));
    }

    [Fact]
    public async Task Views_of_the_application_that_drop_or_rename_the_instruments_change_nothing()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddView("http.server.request.duration", MetricStreamConfiguration.Drop)
                .AddView("http.server.active_requests", "renamed")
                .AddView("*", new ExplicitBucketHistogramConfiguration { Boundaries = [1], RecordMinMax = false })
                .AddInMemoryExporter(new List<MetricSnapshot>()));

        await service.OfferAsync(50, TimeSpan.FromSeconds(2));
        await service.StopAsync();

        Assert.Equal(service.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
        Assert.Equal(service.Counts.Ended, cloudWatch.Points(ScalingSignals.ResponseTime).Sum(point => point.SampleCount));
    }

    [Fact]
    public async Task The_local_CloudWatch_and_the_exporters_own_calls_are_not_counted_as_requests_of_the_service()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromSeconds(1));

        await service.GetAsync();
        await service.OfferAsync(0, TimeSpan.FromSeconds(3));
        await service.StopAsync();

        Assert.True(cloudWatch.AcceptedCalls >= 3);
        Assert.Equal(1, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }

    [Fact]
    public async Task Requests_that_a_rate_limiter_holds_back_are_in_the_queue()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configure: builder => builder.Services.AddRateLimiter(limiter => limiter.AddConcurrencyLimiter(
                "one",
                options => (options.PermitLimit, options.QueueLimit) = (1, 100))),
            map: application =>
            {
                application.UseRouting();
                application.UseRateLimiter();
                application.MapGet("/limited", async () =>
                {
                    await Task.Delay(400);
                    return "served";
                }).RequireRateLimiting("one");
            });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => service.GetAsync("/limited")));
        await service.StopAsync();

        Assert.InRange(cloudWatch.Points(ScalingSignals.QueueLength).Max(point => point.Sum), 2, 6);
    }
}
