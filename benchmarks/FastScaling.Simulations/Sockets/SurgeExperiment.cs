using Amazon.Runtime;
using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Simulations.Sockets;

/// <summary>
/// Real services, real sockets, real time: how long after the first request of a surge CloudWatch has accepted a sample that shows it.
/// </summary>
internal static class SurgeExperiment
{
    private static readonly TimeSpan Learning = TimeSpan.FromSeconds(13);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(25);

    /// <param name="services">Services that run beside each other.</param>
    /// <param name="surges">Surges of each.</param>
    /// <param name="seed">For the moments of the surges.</param>
    /// <param name="load">What clients ask of each.</param>
    /// <param name="exportInterval">The export interval.</param>
    /// <param name="longest">How long a surge goes on when it is not seen.</param>
    public static async Task<IReadOnlyList<SurgeDelay>> RunAsync(
        int services, int surges, int seed, SurgeLoad load, TimeSpan exportInterval, TimeSpan longest)
    {
        var watch = new AcceptanceWatch();
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Received = _ => watch.OnAccepted() });
        watch.Server = cloudWatch;
        var runs = Enumerable.Range(0, services).Select(i => RunServiceAsync(cloudWatch, watch, $"service-{i}", surges, new Random(seed + i), load, exportInterval, longest));
        return [.. (await Task.WhenAll(runs)).SelectMany(static delays => delays)];
    }

    private static async Task<IReadOnlyList<SurgeDelay>> RunServiceAsync(
        LocalCloudWatchServer cloudWatch, AcceptanceWatch watch, string name, int surges, Random random, SurgeLoad load, TimeSpan exportInterval, TimeSpan longest)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name))
            .WithMetrics(metrics => metrics.AddFastScalingCloudWatchExporter(options =>
            {
                options.Endpoint = cloudWatch.Endpoint;
                options.ExportInterval = exportInterval;
                options.Region = "eu-central-1";
                options.Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
            }));
        await using var application = builder.Build();
        application.MapGet("/", static () => "served");
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };

        var delays = new List<SurgeDelay>();
        for (var i = 0; i < surges; i++)
        {
            var calm = (i == 0 ? Learning : Calm) + TimeSpan.FromSeconds(random.NextDouble() * 5);
            await OfferAsync(client, load.Base, calm, static () => false);
            var delay = watch.WaitAsync(name, DateTimeOffset.UtcNow);
            await OfferAsync(client, load.Peak, longest, () => delay.IsCompleted);
            watch.Stop(name);
            delays.Add(await delay);
        }

        return delays;
    }

    private static async Task OfferAsync(HttpClient client, double perSecond, TimeSpan duration, Func<bool> isEnough)
    {
        var replies = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration && !isEnough())
        {
            var wanted = TimeProvider.System.GetElapsedTime(start).TotalSeconds * perSecond;
            while (replies.Count <= wanted)
            {
                replies.Add(client.GetStringAsync(new Uri("/", UriKind.Relative)));
            }

            await timer.WaitForNextTickAsync();
        }

        await Task.WhenAll(replies);
    }
}
