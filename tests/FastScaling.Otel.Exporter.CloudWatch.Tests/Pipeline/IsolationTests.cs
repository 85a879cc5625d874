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
    public async Task The_applications_own_exporter_sends_what_it_sent_before()
    {
        var without = await ExportAsync(withFastScaling: false);
        var with = await ExportAsync(withFastScaling: true);

        Assert.NotEmpty(without);
        Assert.Equal(without, with);
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

    /// <summary>Every metric, tag and value that the application's exporter gets, but for times and durations.</summary>
    private static async Task<SortedSet<string>> ExportAsync(bool withFastScaling)
    {
        var exported = new List<MetricSnapshot>();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { TagKeys = ["http.route", "http.response.status_code"], Boundaries = [30] })
                .AddInMemoryExporter(exported),
            configureExporter: options => options.Enabled = withFastScaling);

        for (var i = 0; i < 20; i++)
        {
            await service.GetAsync(i % 3 == 0 ? "/fail" : "/");
        }

        // The reply can be there before the request has been counted as ended.
        while (service.Counts.Ended < 20)
        {
            await Task.Yield();
        }

        Assert.True(service.MeterProvider.ForceFlush());
        var described = new SortedSet<string>(exported.SelectMany(Describe), StringComparer.Ordinal);

        await service.StopAsync();
        Assert.Equal(withFastScaling, cloudWatch.AcceptedCalls > 0);
        return described;
    }

    private static IEnumerable<string> Describe(MetricSnapshot metric)
    {
        foreach (var point in metric.MetricPoints)
        {
            var tags = new List<string>();
            foreach (var tag in point.Tags)
            {
                if (tag.Key != "server.port")
                {
                    tags.Add($"{tag.Key}={tag.Value}");
                }
            }

            // How many connections a client opens differs from run to run.
            var value = metric.MetricType switch
            {
                MetricType.Histogram when metric.MeterName.EndsWith("Hosting", StringComparison.Ordinal) => $"{point.GetHistogramCount()} in {string.Join('|', Buckets(point))}",
                MetricType.LongSumNonMonotonic when metric.MeterName.EndsWith("Hosting", StringComparison.Ordinal) => $"{point.GetSumLong()}",
                _ => "present",
            };
            yield return $"{metric.MeterName}/{metric.Name} {metric.MetricType} {metric.Unit} {string.Join(',', tags)}: {value}";
        }
    }

    private static List<string> Buckets(MetricPoint point)
    {
        var buckets = new List<string>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            buckets.Add($"{bucket.ExplicitBound}:{bucket.BucketCount}");
        }

        return buckets;
    }
}
