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
    private const double Base = 20;
    private const double Peak = 200;

    // A sample shows the surge when it has at least this; it is also the default threshold.
    private const double Shown = 100;

    private static readonly TimeSpan Learning = TimeSpan.FromSeconds(13);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(25);

    /// <param name="services">Services that run beside each other.</param>
    /// <param name="surges">Surges of each.</param>
    /// <param name="seed">For the moments of the surges.</param>
    /// <param name="exportInterval">The export interval.</param>
    /// <param name="longest">How long a surge goes on when it is not seen.</param>
    /// <returns>Seconds from the first request to acceptance, by surge; NaN when nothing came.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(int services, int surges, int seed, TimeSpan exportInterval, TimeSpan longest)
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        var runs = Enumerable.Range(0, services).Select(i => RunServiceAsync(cloudWatch, $"service-{i}", surges, new Random(seed + i), exportInterval, longest));
        return [.. (await Task.WhenAll(runs)).SelectMany(static delays => delays)];
    }

    private static async Task<IReadOnlyList<double>> RunServiceAsync(LocalCloudWatchServer cloudWatch, string name, int surges, Random random, TimeSpan exportInterval, TimeSpan longest)
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

        var delays = new List<double>();
        for (var i = 0; i < surges; i++)
        {
            var calm = (i == 0 ? Learning : Calm) + TimeSpan.FromSeconds(random.NextDouble() * 5);
            await OfferAsync(client, Base, calm, static () => false);
            delays.Add(await SurgeAsync(cloudWatch, client, name, longest));
        }

        return delays;
    }

    private static async Task<double> SurgeAsync(LocalCloudWatchServer cloudWatch, HttpClient client, string name, TimeSpan longest)
    {
        var first = DateTimeOffset.UtcNow;
        var seen = double.NaN;
        using var ended = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (double.IsNaN(seen) && !ended.IsCancellationRequested)
            {
                if (Shows(cloudWatch, name, first))
                {
                    seen = (DateTimeOffset.UtcNow - first).TotalSeconds;
                }

                await Task.Delay(10);
            }
        });
        await OfferAsync(client, Peak, longest, () => !double.IsNaN(Volatile.Read(ref seen)));
        await ended.CancelAsync();
        await watch;
        return seen;
    }

    private static bool Shows(LocalCloudWatchServer cloudWatch, string name, DateTimeOffset since) =>
        cloudWatch.GetSeries()
            .Where(series => series.MetricName == "RequestsPerSecond" && series.Dimensions.Any(dimension => dimension.Value == name))
            .SelectMany(static series => series.DataPoints)
            .Any(point => point.Timestamp.ToUnixTimeSeconds() >= since.ToUnixTimeSeconds() && point.Sum >= Shown);

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
