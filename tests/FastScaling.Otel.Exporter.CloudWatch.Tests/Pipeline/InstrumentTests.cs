using System.Diagnostics.Metrics;
using FastScaling.LocalCloudWatch;
using Microsoft.Extensions.DependencyInjection;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>Instruments of the application beside the signals.</summary>
public class InstrumentTests
{
    [Fact]
    public async Task They_are_published_once_a_second_with_just_the_named_tags()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"shop.{Guid.NewGuid():N}"));
        await using var service = await TestService.StartAsync(cloudWatch, configureExporter: options => options
            .AddInstrument(meter.Name, "orders.*", "kind")
            .AddInstrument(meter.Name, "waiting"));
        var created = meter.CreateCounter<long>("orders.created", "{order}");
        var took = meter.CreateHistogram<double>("orders.took", "s");
        var other = meter.CreateCounter<long>("carts");
        meter.CreateObservableUpDownCounter("waiting", () => new Measurement<int>[] { new(3, new KeyValuePair<string, object?>("shard", 1)), new(4, new KeyValuePair<string, object?>("shard", 2)) });
        var (orders, seconds) = (0, 0.0);

        for (var i = 1; i <= 300; i++)
        {
            created.Add(i, new("kind", i % 2 == 0 ? "web" : "app"), new("customer", i));
            took.Record(i / 1000.0);
            other.Add(1);
            (orders, seconds) = (orders + i, seconds + (i / 1000.0));
            await Task.Delay(10);
        }

        await service.StopAsync();

        var ofOrders = cloudWatch.GetSeries().Where(series => series.MetricName == "orders.created").ToList();
        Assert.Equal(["app", "web"], ofOrders.Select(series => series.Dimensions.Single(dimension => dimension.Key == "kind").Value).Order());
        Assert.All(ofOrders, series => Assert.Equal(("FastScaling", "Count", 1, 2), (series.Namespace, series.Unit, series.StorageResolution, series.Dimensions.Count)));
        Assert.Equal(orders, ofOrders.SelectMany(series => series.DataPoints).Sum(point => point.Sum));
        var durations = Assert.Single(cloudWatch.GetSeries(), series => series.MetricName == "orders.took").DataPoints;
        Assert.Equal(300, durations.Sum(point => point.SampleCount));
        Assert.Equal(1, durations.Sum(point => point.Sum) / (seconds * 1000), tolerance: 1e-9);
        Assert.All(cloudWatch.GetSeries().Single(series => series.MetricName == "waiting").DataPoints, point => Assert.Equal((1, 7), (point.SampleCount, point.Sum)));
        Assert.DoesNotContain(cloudWatch.GetSeries(), series => series.MetricName == "carts");
        Assert.Equal(0, cloudWatch.RejectedCalls);
    }

    [Fact]
    public async Task A_rise_of_one_with_a_threshold_is_sent_at_once()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"rising.{Guid.NewGuid():N}"));
        var waiting = 10;
        meter.CreateObservableUpDownCounter("waiting", () => Volatile.Read(ref waiting));
        await using var service = await TestService.StartAsync(cloudWatch, configureExporter: options =>
        {
            options.AddInstrument(meter.Name, "waiting", 100);
            options.ExportInterval = TimeSpan.FromMinutes(5);
        });
        await service.OfferAsync(5, TimeSpan.FromSeconds(12));

        Volatile.Write(ref waiting, 500);
        var deadline = DateTimeOffset.UtcNow.AddSeconds(20);
        while (!cloudWatch.GetSeries().Any(each => each.MetricName == "waiting" && each.DataPoints.Any(point => point.Sum == 500)))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, "The rise was not sent before the interval was over.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_callback_that_hangs_delays_no_signal_and_no_stop()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"hanging.{Guid.NewGuid():N}"));
        using var released = new ManualResetEventSlim();
        var calls = 0;
        meter.CreateObservableGauge("hanging", () =>
        {
            Interlocked.Increment(ref calls);
            released.Wait(TimeSpan.FromSeconds(60));
            return 1;
        });
        await using var service = await TestService.StartAsync(cloudWatch, configureExporter: options =>
        {
            options.AddInstrument(meter.Name, "*");
            options.ExportInterval = TimeSpan.FromSeconds(1);
        });

        await service.OfferAsync(20, TimeSpan.FromSeconds(6));
        var start = TimeProvider.System.GetTimestamp();
        await service.StopAsync();
        var stopping = TimeProvider.System.GetElapsedTime(start);
        var callsMeanwhile = Volatile.Read(ref calls); // The last collection follows as soon as the callback is let go.
        released.Set();

        Assert.Equal(1, callsMeanwhile);
        Assert.DoesNotContain(cloudWatch.GetSeries(), series => series.MetricName == "hanging");

        // A collection that hung would have had one moment to look at in six seconds.
        Assert.True(cloudWatch.Points(ScalingSignals.ActiveRequests).Count >= 4);
        Assert.Equal(service.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
        Assert.True(stopping < TimeSpan.FromSeconds(30), $"Stopping took {stopping}.");
    }

    [Fact]
    public async Task A_callback_that_throws_costs_no_other_instrument()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var meter = new Meter(new MeterOptions($"throwing.{Guid.NewGuid():N}"));
        meter.CreateObservableGauge("throwing", int () => throw new InvalidOperationException("Thrown on purpose."));
        meter.CreateObservableGauge("steady", () => 5);
        await using var service = await TestService.StartAsync(cloudWatch, configureExporter: options => options.AddInstrument(meter.Name, "*"));

        await service.OfferAsync(20, TimeSpan.FromSeconds(3));
        await service.StopAsync();

        var steady = Assert.Single(cloudWatch.GetSeries(), series => series.MetricName == "steady").DataPoints;
        Assert.True(steady.Count >= 2);
        Assert.All(steady, point => Assert.Equal(5, point.Average));
        Assert.Equal(service.Counts.Arrived, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }

    [Fact]
    public async Task Those_of_another_host_are_not_counted()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var name = $"hosted.{Guid.NewGuid():N}";
        await using var service = await TestService.StartAsync(cloudWatch, configureExporter: options => options.AddInstrument(name, "*"));
        await using var stranger = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var ours = service.Services.GetRequiredService<IMeterFactory>().Create(name).CreateCounter<long>("jobs");
        var theirs = stranger.GetRequiredService<IMeterFactory>().Create(name).CreateCounter<long>("jobs");

        for (var i = 0; i < 10; i++)
        {
            ours.Add(1);
            theirs.Add(100);
        }

        await service.StopAsync();

        Assert.Equal(10, Assert.Single(cloudWatch.GetSeries(), series => series.MetricName == "jobs").DataPoints.Sum(point => point.Sum));
    }

    [Fact]
    public async Task Failed_requests_and_series_of_the_task_are_published_when_they_are_asked_for()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(cloudWatch, configureExporter: options =>
        {
            options.Signals |= ScalingSignals.FailedRequestsPerSecond;
            options.PerTaskSeries = true;
        });
        var factory = service.Services.GetRequiredService<IMeterFactory>();
        var failed = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Name == "http.server.request.duration" && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    it.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (key, _) in tags)
            {
                failed += key == "error.type" ? 1 : 0;
            }
        });
        listener.Start();

        foreach (var path in (string[])["/", "/throw", "/", "/fail", "/throw", "/nowhere", "/throw"])
        {
            await service.GetAsync(path);
        }

        await service.StopAsync();

        Assert.True(failed >= 3, $"{failed} requests failed.");
        foreach (var isOfTask in (bool[])[false, true])
        {
            Assert.Equal(failed, Total(ScalingSignals.FailedRequestsPerSecond, isOfTask));
            Assert.Equal(7, Total(ScalingSignals.RequestsPerSecond, isOfTask));
            Assert.Equal(7, SeriesOf(ScalingSignals.ResponseTime, isOfTask).DataPoints.Sum(point => point.SampleCount));
        }

        double Total(ScalingSignals signal, bool isOfTask) => SeriesOf(signal, isOfTask).DataPoints.Sum(point => point.Sum);

        LocalCloudWatchSeries SeriesOf(ScalingSignals signal, bool isOfTask) => Assert.Single(
            cloudWatch.GetSeries(),
            series => series.MetricName == signal.ToString() && series.Dimensions.Any(dimension => dimension.Key == "TaskId") == isOfTask);
    }
}
