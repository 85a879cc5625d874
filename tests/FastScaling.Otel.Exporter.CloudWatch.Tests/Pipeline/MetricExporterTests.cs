using System.Diagnostics.Metrics;
using FastScaling.LocalCloudWatch;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>The exporter under a reader of the application's choice.</summary>
public class MetricExporterTests
{
    private const string Namespace = "FastScaling/Application";

    [Theory]
    [InlineData(MetricReaderTemporalityPreference.Delta)]
    [InlineData(MetricReaderTemporalityPreference.Cumulative)]
    public async Task Whatever_is_counted_and_recorded_is_in_CloudWatch_exactly_once(MetricReaderTemporalityPreference temporality)
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"exporter.{Guid.NewGuid():N}"));
        var counter = meter.CreateCounter<long>("orders", "{order}");
        var duration = meter.CreateHistogram<double>("took", "s");
        var (orders, seconds, recordings) = (0L, 0.0, 0);
        using (Start(cloudWatch, meter.Name, temporality, interval: 200))
        {
            var random = new Random(1);
            for (var i = 0; i < 300; i++)
            {
                var value = random.Next(1, 50);
                counter.Add(value, new KeyValuePair<string, object?>("kind", i % 3), new KeyValuePair<string, object?>("id", i));
                duration.Record(value / 100.0);
                (orders, seconds, recordings) = (orders + value, seconds + (value / 100.0), recordings + 1);
                await Task.Delay(5);
            }
        }

        var series = cloudWatch.GetSeries();
        Assert.All(series, each => Assert.Equal((Namespace, 60), (each.Namespace, each.StorageResolution)));
        var ofOrders = series.Where(each => each.MetricName == "orders").ToList();
        Assert.Equal(["0", "1", "2"], ofOrders.Select(each => each.Dimensions.Single(dimension => dimension.Key == "kind").Value).Order());
        Assert.All(ofOrders, each => Assert.Equal(("Count", 2), (each.Unit, each.Dimensions.Count)));
        Assert.All(ofOrders, each => Assert.Contains(new("ServiceName", "exporter test"), each.Dimensions));
        Assert.Equal(orders, ofOrders.SelectMany(each => each.DataPoints).Sum(point => point.Sum));
        var took = series.Single(each => each.MetricName == "took");
        Assert.Equal("Milliseconds", took.Unit);
        Assert.Equal(recordings, took.DataPoints.Sum(point => point.SampleCount));
        Assert.Equal(1, took.DataPoints.Sum(point => point.Sum) / (seconds * 1000), tolerance: 1e-9);
        Assert.Equal(0, cloudWatch.RejectedCalls);
    }

    [Fact]
    public async Task It_exports_nothing_more_once_it_has_been_shut_down()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var exporter = new CloudWatchMetricExporter(Options(cloudWatch));

        Assert.True(exporter.Shutdown(1000));
        Assert.Equal(ExportResult.Failure, exporter.Export(default));
        exporter.Dispose();
    }

    internal static FastScalingCloudWatchExporterOptions Options(LocalCloudWatchServer cloudWatch)
    {
        var options = new FastScalingCloudWatchExporterOptions { ShutdownTimeout = TimeSpan.FromSeconds(20) };
        TestService.PublishTo(cloudWatch, options);
        options.ProviderMetricsTags.Add("kind");
        return options;
    }

    private static MeterProvider Start(LocalCloudWatchServer cloudWatch, string meter, MetricReaderTemporalityPreference temporality, int interval) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("exporter test"))
            .AddMeter(meter)
            .AddReader(new PeriodicExportingMetricReader(new CloudWatchMetricExporter(Options(cloudWatch)), interval) { TemporalityPreference = temporality })
            .Build();
}
