using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Mapping;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class ProviderMetricsTests
{
    private const string Namespace = "FastScaling/Application";
    private const int Many = 5000;

    // What 5,000 new series may take, and what they may take again in every collection.
    private const int BytesPerSeries = 2048;
    private const int BytesPerSeriesAndCollection = 512;

    [Fact]
    public async Task Five_thousand_series_are_published_in_requests_of_their_own_and_delay_no_sample()
    {
        var receipts = new ConcurrentQueue<PutMetricDataReceipt>();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Received = receipts.Enqueue });
        using var meter = new Meter(new MeterOptions($"provider.{Guid.NewGuid():N}"));
        var counter = meter.CreateCounter<long>("orders", "{order}");
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics
                .AddMeter(meter.Name)
                .AddView("orders", new MetricStreamConfiguration { CardinalityLimit = Many + 10 }),
            configureExporter: options =>
            {
                options.ExportProviderMetrics = true;
                options.ProviderMetricsTags.Add("customer");
                options.MaxSeries = Many;
                options.ShutdownTimeout = TimeSpan.FromSeconds(20);
                options.ExportInterval = TimeSpan.FromSeconds(1);
            });
        for (var i = 0; i < Many; i++)
        {
            counter.Add(i + 1, new KeyValuePair<string, object?>("customer", i));
        }

        await service.OfferAsync(20, TimeSpan.FromSeconds(2));
        service.MeterProvider.ForceFlush();
        await service.OfferAsync(20, TimeSpan.FromSeconds(3));
        var receivedBeforeTheEnd = receipts.Count(receipt => receipt.Namespace == Namespace);
        await service.StopAsync();

        // Spread over the minute: within three seconds not all of the blocks were sent.
        Assert.InRange(receivedBeforeTheEnd, 0, 5);
        var series = cloudWatch.GetSeries().Where(each => each.Namespace == Namespace && each.MetricName == "orders").ToList();
        Assert.Equal(Many, series.Count);
        Assert.Equal(Many * (Many + 1L) / 2, series.SelectMany(each => each.DataPoints).Sum(point => point.Sum));
        Assert.All(series, each => Assert.Equal(60, each.StorageResolution));
        Assert.Equal(0, cloudWatch.RejectedCalls);
        Assert.All(receipts, receipt => Assert.InRange(receipt.DatumCount, 1, 1000));

        Assert.Equal(service.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
        cloudWatch.Points(ScalingSignals.RequestsPerSecond).AssertOneSampleASecond();
    }

    [Fact]
    public async Task Neither_a_callback_nor_an_endpoint_that_hangs_holds_up_the_end_beyond_the_time_to_stop()
    {
        using var hole = new BlackHole();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"provider.{Guid.NewGuid():N}"));
        using var released = new ManualResetEventSlim();
        meter.CreateObservableGauge("hanging", () =>
        {
            released.Wait(TimeSpan.FromMinutes(1));
            return 1;
        });
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics.AddMeter(meter.Name),
            configureExporter: options =>
            {
                options.Endpoint = hole.Uri;
                options.ExportProviderMetrics = true;
                options.ShutdownTimeout = TimeSpan.FromSeconds(1);
            });
        await service.GetAsync();
        var clock = Stopwatch.StartNew();

        await Task.Factory.StartNew(service.MeterProvider.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        clock.Stop();
        released.Set();

        // Left to itself, the reader would wait for the callback for five seconds more.
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Five_thousand_series_stay_within_their_memory()
    {
        using var metrics = new MappedMetrics(tags: ["customer"], maxSeries: Many, configure: builder => builder.AddView(
            "*", new MetricStreamConfiguration { CardinalityLimit = Many + 10 }));
        var counter = metrics.Meter.CreateCounter<long>("orders");

        var first = Export();
        var second = Export();

        Assert.InRange(first, 0, Many * BytesPerSeries);
        Assert.InRange(second, 0, Many * BytesPerSeriesAndCollection);

        long Export()
        {
            for (var i = 0; i < Many; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("customer", $"customer {i}"));
            }

            return metrics.CollectAndMeasure();
        }
    }

    [Fact]
    public async Task By_default_nothing_but_the_signals_is_published_and_one_line_says_what_and_what_it_costs()
    {
        var log = new LogRecorder();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"provider.{Guid.NewGuid():N}"));
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configure: builder => builder.Logging.AddProvider(log),
            configureMetrics: metrics => metrics.AddMeter(meter.Name));

        meter.CreateCounter<long>("orders").Add(1);
        await service.GetAsync();
        await service.StopAsync();

        Assert.All(cloudWatch.GetSeries(), series => Assert.Equal("FastScaling", series.Namespace));
        var line = Assert.Single(log.Messages, message => message.Contains("List price", StringComparison.Ordinal));
        Assert.Contains("$1.80 a month for the service and $5.26 for each task", line, StringComparison.Ordinal);
    }
}
