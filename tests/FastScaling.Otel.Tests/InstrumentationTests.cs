using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace FastScaling.Otel.Tests;

public class InstrumentationTests
{
    [Fact]
    public async Task Any_exporter_gets_the_standard_instruments_and_ours()
    {
        var exported = new List<MetricSnapshot>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddFastScalingInstrumentation()
            .AddInMemoryExporter(exported));
        await using var application = builder.Build();
        application.MapGet("/", () => "served");
        await application.StartAsync();
        using (var client = new HttpClient())
        {
            await client.GetStringAsync(new Uri(application.Urls.First()));
        }

        application.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var names = exported.Select(metric => metric.Name).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "http.server.active_requests",
                "kestrel.active_connections",
                FastScalingMeter.ThreadPoolQueueLength,
                FastScalingMeter.ThreadPoolQueueDelay,
            },
            names);
        Assert.Equal("{work_item}", exported.First(metric => metric.Name == FastScalingMeter.ThreadPoolQueueLength).Unit);
        Assert.Equal("s", exported.First(metric => metric.Name == FastScalingMeter.ThreadPoolQueueDelay).Unit);
    }

    [Fact]
    public void Our_meter_has_the_version_of_the_package()
    {
        var exported = new List<MetricSnapshot>();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddFastScalingInstrumentation()
            .AddInMemoryExporter(exported)
            .Build();
        provider.ForceFlush();

        var version = exported.First(metric => metric.MeterName == FastScalingMeter.Name).MeterVersion;
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", version);
        Assert.StartsWith(version, typeof(FastScalingMeter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_meter_survives_the_provider_that_first_used_it()
    {
        Assert.Equal(2, Collect().Count);
        Assert.Equal(2, Collect().Count);
    }

    [Fact]
    public void The_queue_length_is_a_current_value_also_with_delta_temporality()
    {
        var exported = new List<MetricSnapshot>();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddFastScalingInstrumentation()
            .AddInMemoryExporter(exported, reader => reader.TemporalityPreference = MetricReaderTemporalityPreference.Delta)
            .Build();

        // Not disposed: the last items look at it when the test is long over.
        var release = new ManualResetEventSlim();
        const int Items = 3000;
        for (var i = 0; i < Items; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
        }

        provider.ForceFlush();
        provider.ForceFlush();
        release.Set();

        var lengths = exported
            .Where(metric => metric.Name == FastScalingMeter.ThreadPoolQueueLength)
            .Select(metric => metric.MetricPoints[0].GetSumLong())
            .ToList();
        Assert.Equal(2, lengths.Count);
        Assert.All(lengths, length => Assert.InRange(length, Items / 2, Items * 2));
    }

    [Fact]
    public void A_missing_builder_is_named() =>
        Assert.Throws<ArgumentNullException>("builder", () => FastScalingMeterProviderBuilderExtensions.AddFastScalingInstrumentation(null!));

    private static List<string> Collect()
    {
        var exported = new List<MetricSnapshot>();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddFastScalingInstrumentation()
            .AddInMemoryExporter(exported)
            .Build();
        provider.ForceFlush();
        return [.. exported.Where(metric => metric.MeterName == FastScalingMeter.Name).Select(metric => metric.Name)];
    }
}
