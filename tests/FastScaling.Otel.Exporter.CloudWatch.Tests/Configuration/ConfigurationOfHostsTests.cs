using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Configuration;

public class ConfigurationOfHostsTests
{
    private static readonly (string, string)[] Offline =
    [
        ("Endpoint", "http://127.0.0.1:1/"),
        ("ShutdownTimeout", "0"),
    ];

    [Fact]
    public async Task A_bad_option_in_code_ends_the_start_of_the_host()
    {
        await using var app = App([], metrics => metrics.AddFastScalingCloudWatchExporter(options => options.StorageResolution = 5));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("StorageResolution: 5", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_values_in_configuration_end_the_start_of_the_host_together()
    {
        await using var app = App([("Endpoint", "nonsense"), ("ExportInterval", "1s"), ("Region", "Mars")], metrics => metrics.AddFastScalingCloudWatchExporter());

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(3, failure.Failures.Count());
        Assert.Contains(failure.Failures, error => error.Contains("Endpoint: 'nonsense' (configuration key FastScaling:CloudWatch:Endpoint)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exporter_that_is_switched_off_lets_a_host_with_bad_options_start()
    {
        await using var app = App([("Enabled", "false"), ("Region", "Mars")], metrics => metrics.AddFastScalingCloudWatchExporter());

        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_bad_option_ends_the_build_of_a_provider_without_host()
    {
        var builder = Sdk.CreateMeterProviderBuilder().AddFastScalingCloudWatchExporter(options =>
        {
            options.Namespace = "AWS/X";
            options.WarmUp = TimeSpan.FromDays(2);
        });

        var failure = Assert.Throws<OptionsValidationException>(() => builder.Build());

        Assert.Equal(2, failure.Failures.Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Code_wins_over_configuration_whatever_comes_first(bool isConfiguredFirst)
    {
        var builder = WebApplication.CreateBuilder();
        if (isConfiguredFirst)
        {
            builder.Services.Configure<FastScalingCloudWatchExporterOptions>(options => options.Namespace = "Code");
        }

        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter());
        if (!isConfiguredFirst)
        {
            builder.Services.Configure<FastScalingCloudWatchExporterOptions>(options => options.Namespace = "Code");
        }

        Configure(builder, [.. Offline, ("Namespace", "Configuration"), ("ExportInterval", "7")]);
        using var services = builder.Services.BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<FastScalingCloudWatchExporterOptions>>().Value;

        Assert.Equal("Code", options.Namespace);
        Assert.Equal(TimeSpan.FromSeconds(7), options.ExportInterval);
    }

    [Fact]
    public void Later_code_configures_further_and_names_are_apart()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddFastScalingCloudWatchExporter(options => options.Namespace = "First")
            .AddFastScalingCloudWatchExporter(options => options.WarmUp = TimeSpan.FromSeconds(1))
            .AddFastScalingCloudWatchExporter("other", options => options.Namespace = "Other"));
        Configure(builder, [.. Offline, ("StorageResolution", "60")]);
        using var services = builder.Services.BuildServiceProvider();
        var monitor = services.GetRequiredService<IOptionsMonitor<FastScalingCloudWatchExporterOptions>>();

        var (first, other) = (monitor.Get(Options.DefaultName), monitor.Get("other"));

        Assert.Equal(("First", TimeSpan.FromSeconds(1), 60), (first.Namespace, first.WarmUp, first.StorageResolution));
        Assert.Equal(("Other", TimeSpan.FromSeconds(30), 60), (other.Namespace, other.WarmUp, other.StorageResolution));
    }

    [Fact]
    public void Settings_are_a_copy_that_later_changes_do_not_reach()
    {
        var options = new FastScalingCloudWatchExporterOptions();
        options.Dimensions["b"] = "2";
        options.Dimensions["a"] = "1";
        var settings = new CloudWatch.Configuration.ExporterSettings(options);

        options.Namespace = "Later";
        options.Dimensions.Clear();
        options.Signals = ScalingSignals.QueueDelay;

        Assert.Equal("FastScaling", settings.Namespace);
        Assert.Equal([new("a", "1"), new("b", "2")], settings.Dimensions);
        Assert.Equal(ScalingSignals.All, settings.Signals);
    }

    [Theory]
    [InlineData(1, 0.8)]
    [InlineData(5, 4)]
    [InlineData(60, 10)]
    public void A_call_may_take_well_below_the_interval(int interval, double seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            TestAws.Settings(options => options.ExportInterval = TimeSpan.FromSeconds(interval)).RequestTimeout);

    private static WebApplication App((string, string)[] configuration, Action<MeterProviderBuilder> metrics)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Configure(builder, configuration);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics);
        return builder.Build();
    }

    private static void Configure(WebApplicationBuilder builder, (string Key, string Value)[] values) =>
        builder.Configuration.AddInMemoryCollection(
            values.Select(value => KeyValuePair.Create<string, string?>($"FastScaling:CloudWatch:{value.Key}", value.Value)));
}
