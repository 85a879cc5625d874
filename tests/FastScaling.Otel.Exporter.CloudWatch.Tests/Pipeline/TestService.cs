using System.Diagnostics.Metrics;
using Amazon.Runtime;
using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>A real web service on loopback that publishes to a local CloudWatch.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 500 })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private TestService(WebApplication application)
    {
        _application = application;
        Counts = new HostingCounts(application.Services.GetRequiredService<IMeterFactory>());
    }

    public HostingCounts Counts { get; }

    public IServiceProvider Services => _application.Services;

    public MeterProvider MeterProvider => Services.GetRequiredService<MeterProvider>();

    public Uri Address => new(_application.Urls.First());

    public static async Task<TestService> StartAsync(
        LocalCloudWatchServer cloudWatch,
        Action<WebApplicationBuilder>? configure = null,
        Action<MeterProviderBuilder>? configureMetrics = null,
        Action<FastScalingCloudWatchExporterOptions>? configureExporter = null,
        Action<WebApplication>? map = null,
        string serviceName = "test")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName))
            .WithMetrics(metrics =>
            {
                configureMetrics?.Invoke(metrics);
                metrics.AddFastScalingCloudWatchExporter(options =>
                {
                    PublishTo(cloudWatch, options);
                    configureExporter?.Invoke(options);
                });
            });
        configure?.Invoke(builder);

        var application = builder.Build();
        map?.Invoke(application);
        application.MapGet("/", () => "served");
        application.MapGet("/wait/{milliseconds:int}", async (int milliseconds) =>
        {
            await Task.Delay(milliseconds);
            return "served";
        });
        application.MapGet("/fail", () => Results.StatusCode(500));
        application.MapGet("/throw", IResult () => throw new InvalidOperationException("Thrown on purpose."));

        var service = new TestService(application);
        await application.StartAsync();
        return service;
    }

    public static void PublishTo(LocalCloudWatchServer cloudWatch, FastScalingCloudWatchExporterOptions options)
    {
        options.Endpoint = cloudWatch.Endpoint;
        options.Region = "eu-central-1";
        options.Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
    }

    public async Task<int> GetAsync(string path = "/", CancellationToken cancellationToken = default)
    {
        using var response = await _client.GetAsync(new Uri(Address, path), cancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Sends requests at a steady rate without waiting for their replies, and then waits for all of them.</summary>
    public async Task OfferAsync(double perSecond, TimeSpan duration, string path = "/")
    {
        var replies = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration)
        {
            var wanted = TimeProvider.System.GetElapsedTime(start).TotalSeconds * perSecond;
            while (replies.Count < wanted)
            {
                replies.Add(GetAsync(path));
            }

            await timer.WaitForNextTickAsync();
        }

        await Task.WhenAll(replies);
    }

    /// <summary>Stops the server, so that no more is counted, and then the whole host.</summary>
    public async Task StopAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
        Counts.Dispose();
    }
}
