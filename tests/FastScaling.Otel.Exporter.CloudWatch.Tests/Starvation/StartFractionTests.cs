using System.Globalization;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

[Collection(StarvationCollection.Name)]
public sealed class StartFractionTests(ITestOutputHelper output)
{
    private const int Services = 8;
    private const int Seconds = 12;
    private const int RequestsPerSecond = 20;

    private static readonly TimeSpan LatestCollection = TimeSpan.FromSeconds(0.5);

    // Between the end of a request, its measurement and its time in the test's books the machine may do something else.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_process_that_starts_at_any_fraction_of_a_second_stamps_every_second_with_what_ended_in_it()
    {
        await using var server = await LocalCloudWatchServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var services = new List<StartedService>();
        try
        {
            await StartAsync(services, server.Endpoint);
            await Task.WhenAll(services.Select(service => service.Load.WaitForAnswersAsync(Seconds * RequestsPerSecond)));
            foreach (var service in services)
            {
                var answered = await service.Load.EndAsync();
                await service.Host.StopAsync();

                // Only now: a client has its answer a moment before the request ends.
                Assert.Equal(answered, service.Host.Ended.Count);
            }

            var series = server.GetSeries();
            Assert.All(services, service => Check(
                service,
                [.. series.Where(series => series.Dimensions.Any(dimension => dimension.Value == service.Name))]));
        }
        finally
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }
        }
    }

    /// <summary>Starts the services an eighth of a second apart.</summary>
    private static async Task StartAsync(List<StartedService> services, Uri endpoint)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / Services));
        for (var i = 0; i < Services; i++)
        {
            var name = $"started-{i}";
            var host = new MeteredHost(name, endpoint, TimeSpan.FromSeconds(2));
            await timer.WaitForNextTickAsync();
            var before = DateTimeOffset.UtcNow;
            await host.StartAsync();
            services.Add(new StartedService(
                name,
                before,
                DateTimeOffset.UtcNow,
                host,
                new SteadyLoad(host.Url, TimeSpan.FromSeconds(1.0 / RequestsPerSecond))));
        }
    }

    private void Check(StartedService service, IReadOnlyList<LocalCloudWatchSeries> series)
    {
        var arrivals = series.Single(series => series.MetricName == nameof(ScalingSignals.RequestsPerSecond)).DataPoints;
        var responses = series.Single(series => series.MetricName == nameof(ScalingSignals.ResponseTime)).DataPoints;
        var ended = service.Host.Ended;
        var lateness = service.Host.Statistics.LongestLateness;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {service.Name}: started at .{service.Before:fff} to .{service.After:fff}, {arrivals.Count} seconds, {ended.Count} requests, latest collection {lateness.TotalSeconds:0.000} s, requests not in the second in which they ended {Displaced(responses, ended)}.
            """));

        // Every second from the start to the end, once.
        Assert.All(arrivals, point => Assert.Equal(1, point.SampleCount));
        Assert.Equal(
            Enumerable.Range(0, arrivals.Count).Select(second => arrivals[0].Timestamp.AddSeconds(second)),
            arrivals.Select(point => point.Timestamp));
        Assert.InRange(arrivals[0].Timestamp, service.Before.AddSeconds(-1), service.After.AddSeconds(1));
        Assert.InRange(arrivals[^1].Timestamp, ended[^1].AddSeconds(-2), ended[^1].AddSeconds(1));

        // Nothing lost or counted twice.
        Assert.Equal(ended.Count, responses.Sum(point => point.SampleCount));
        Assert.Equal(ended.Count, arrivals.Sum(point => point.Sum));

        // And no drift: what has been published up to a second is what had ended by then, early and late alike.
        Assert.InRange(lateness, TimeSpan.Zero, LatestCollection);
        var published = 0.0;
        foreach (var point in responses)
        {
            published += point.SampleCount;
            var end = point.Timestamp.AddSeconds(1);
            Assert.InRange(
                published,
                ended.Count(time => time < end - Tolerance),
                ended.Count(time => time < end + lateness + Tolerance));
        }
    }

    private static double Displaced(IReadOnlyList<LocalCloudWatchDataPoint> responses, IReadOnlyList<DateTimeOffset> ended) =>
        responses.Sum(point => Math.Abs(point.SampleCount
            - ended.Count(time => time >= point.Timestamp && time < point.Timestamp.AddSeconds(1)))) / 2;
}
