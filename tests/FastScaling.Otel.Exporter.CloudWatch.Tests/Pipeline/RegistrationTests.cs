using System.Diagnostics.Metrics;
using FastScaling.LocalCloudWatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

public class RegistrationTests
{
    [Fact]
    public async Task Added_twice_under_one_name_it_is_one_pipeline_with_both_configurations()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics.AddFastScalingCloudWatchExporter(options => options.Dimensions["ServiceName"] = "configured"));

        await service.GetAsync();
        await service.StopAsync();

        Assert.Equal(1, cloudWatch.Total(ScalingSignals.RequestsPerSecond, "configured"));
        Assert.All(cloudWatch.GetSeries(), series => Assert.Equal("configured", series.Dimensions.Single().Value));
    }

    [Fact]
    public async Task A_second_name_is_a_second_pipeline()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics.AddFastScalingCloudWatchExporter("second", options =>
            {
                TestService.PublishTo(cloudWatch, options);
                options.Namespace = "Other";
            }));

        await service.OfferAsync(50, TimeSpan.FromSeconds(1));
        await service.StopAsync();

        Assert.Equal(service.Counts.Arrived, cloudWatch.Points(ScalingSignals.RequestsPerSecond).Sum(point => point.Sum));
        Assert.Equal(service.Counts.Arrived, cloudWatch.Points(ScalingSignals.RequestsPerSecond, metricNamespace: "Other").Sum(point => point.Sum));
    }

    [Fact]
    public async Task The_same_namespace_and_dimensions_twice_are_an_error_at_start()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics.AddFastScalingCloudWatchExporter("second", options => TestService.PublishTo(cloudWatch, options))));

        Assert.Contains("Namespace and Dimensions: 'FastScaling'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, cloudWatch.AcceptedCalls);
    }

    [Fact]
    public async Task Dimensions_that_turn_out_to_be_those_of_another_pipeline_are_published_once()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureMetrics: metrics => metrics.AddFastScalingCloudWatchExporter("second", options =>
            {
                TestService.PublishTo(cloudWatch, options);
                options.Dimensions["ServiceName"] = "test"; // Which is what the first one finds.
            }));

        await service.GetAsync();
        await service.StopAsync();

        Assert.Equal(1, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }

    [Fact]
    public async Task Switched_off_it_starts_nothing()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => (options.Enabled, options.Namespace) = (false, "not:checked:"));

        await service.GetAsync();

        Assert.True(service.MeterProvider.FlushFastScalingSignals());
        await service.StopAsync();
        Assert.Empty(cloudWatch.GetSeries());
        Assert.Equal(1, service.Counts.Arrived);
    }

    [Fact]
    public async Task Only_the_signals_that_are_wanted_are_published()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.Signals = ScalingSignals.ActiveRequests | ScalingSignals.ResponseTime);

        await service.GetAsync("/wait/1200");
        await service.StopAsync();

        Assert.Equal(
            [nameof(ScalingSignals.ActiveRequests), nameof(ScalingSignals.ResponseTime)],
            cloudWatch.GetSeries().Select(series => series.MetricName).Order());
    }

    [Fact]
    public async Task A_worker_without_ASP_NET_Core_publishes_the_signals_that_it_has()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Worker" });
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter(options =>
        {
            TestService.PublishTo(cloudWatch, options);
            options.WarmUp = TimeSpan.Zero;
        }));
        using var host = builder.Build();
        await host.StartAsync();

        await FlushUntilAcceptedAsync(host.Services.GetRequiredService<MeterProvider>(), cloudWatch);

        await host.StopAsync();

        Assert.Equal(
            [nameof(ScalingSignals.QueueDelay), nameof(ScalingSignals.QueueLength)],
            cloudWatch.GetSeries().Select(series => series.MetricName).Order());
        Assert.All(cloudWatch.GetSeries(), series => Assert.Equal("Worker", series.Dimensions.Single().Value));
    }

    [Fact]
    public async Task Without_a_container_it_listens_to_the_process_and_says_so()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var log = new LogRecorder();
        using var meter = new Meter(new MeterOptions("Microsoft.AspNetCore.Hosting"));
        var durations = meter.CreateHistogram<double>("http.server.request.duration", "s");
        using (Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddLogging(logging => logging.AddProvider(log)))
            .ConfigureResource(resource => resource.AddService("console"))
            .AddFastScalingCloudWatchExporter(options => TestService.PublishTo(cloudWatch, options))
            .Build())
        {
            durations.Record(0.25);
            durations.Record(0.75);
        }

        // Other tests of this process may serve requests at the same time: that is what listening to the process means.
        var point = Assert.Single(cloudWatch.Points(ScalingSignals.ResponseTime, "console"));
        Assert.True(point.SampleCount >= 2 && point.Maximum >= 750);
        Assert.Contains(log.Messages, message => message.Contains("those of the whole process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flush_sends_at_once_the_seconds_that_have_ended()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromMinutes(5));
        await service.GetAsync();

        await FlushUntilAcceptedAsync(service.MeterProvider, cloudWatch);

        Assert.Equal(1, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }

    [Fact]
    public async Task The_last_samples_are_sent_after_an_explicit_shutdown_too()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: options => options.ExportInterval = TimeSpan.FromMinutes(5));

        await service.GetAsync();
        service.MeterProvider.Shutdown();
        await service.GetAsync();
        await service.StopAsync();

        Assert.Equal(2, cloudWatch.Total(ScalingSignals.RequestsPerSecond));
    }

    [Fact]
    public async Task A_missing_service_name_is_one_warning_and_not_unknown_service()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var log = new LogRecorder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Nameless" });
        builder.Logging.AddProvider(log);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter(options =>
        {
            TestService.PublishTo(cloudWatch, options);
            (options.WarmUp, options.Region) = (TimeSpan.Zero, "xx-moon-1");
        }));
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var provider = host.Services.GetRequiredService<MeterProvider>();
            await FlushUntilAcceptedAsync(provider, cloudWatch);
            await FlushUntilAcceptedAsync(provider, cloudWatch);
        }

        Assert.All(cloudWatch.GetSeries(), series => Assert.Equal("Nameless", series.Dimensions.Single().Value));
        Assert.Single(log.Messages, message => message.Contains("No service name is set", StringComparison.Ordinal));
        Assert.Single(log.Messages, message => message.Contains("The Region xx-moon-1 is not known", StringComparison.Ordinal));
    }

    /// <summary>Flushes until a second has ended and has been accepted.</summary>
    private static async Task FlushUntilAcceptedAsync(MeterProvider provider, LocalCloudWatchServer cloudWatch)
    {
        var before = cloudWatch.AcceptedCalls;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; cloudWatch.AcceptedCalls == before; i++)
        {
            Assert.True(i < 100, "Nothing was accepted within five seconds.");
            await timer.WaitForNextTickAsync();
            Assert.True(provider.FlushFastScalingSignals(5_000));
        }
    }
}
