using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

// The application's exporter subscribes to meters by name, so it sees the services of every test that runs beside it.
[Collection(AloneCollection.Name)]
public class OtherExportersTests
{
    [Fact]
    public async Task The_applications_own_exporter_sends_what_it_sent_before()
    {
        var without = await ExportAsync(withFastScaling: false);
        var with = await ExportAsync(withFastScaling: true);

        Assert.NotEmpty(without);
        Assert.Equal(without, with);
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
