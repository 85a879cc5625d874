using System.Diagnostics;
using System.Net;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>Starting where nothing answers, in a process of its own.</summary>
[Collection(StarvationCollection.Name)]
public sealed class StartWithoutNetworkTests(ITestOutputHelper output)
{
    private const string Credentials = """{"AccessKeyId":"AKID","SecretAccessKey":"secret"}""";

    [Fact]
    public async Task It_starts_as_quickly_as_ever_and_publishes_as_soon_as_there_are_credentials()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var isThere = false;
        await using var container = new LoopbackEndpoint(() =>
            Volatile.Read(ref isThere) ? (HttpStatusCode.OK, Credentials) : (HttpStatusCode.ServiceUnavailable, ""));

        using var service = await StartAsync("late credentials", new()
        {
            ["AWS_ENDPOINT_URL_CLOUDWATCH"] = cloudWatch.Endpoint.ToString(),
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url.ToString(),
            ["OTEL_SERVICE_NAME"] = "late",
            ["FastScaling__CloudWatch__ExportInterval"] = "1",
            ["FastScaling__CloudWatch__WarmUp"] = "0",
        });
        Assert.Equal(0, cloudWatch.AcceptedCalls);
        Volatile.Write(ref isThere, true);

        // The look-up is repeated after 1, 2, 4 … s.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; cloudWatch.AcceptedCalls == 0; i++)
        {
            Assert.True(i < 600, "Nothing was published within a minute.");
            await timer.WaitForNextTickAsync();
        }

        await service.StopAsync();
    }

    [Fact]
    public async Task A_black_hole_in_place_of_the_metadata_and_no_credentials_at_all_hold_up_neither_start_nor_end()
    {
        using var hole = new BlackHole();
        using var service = await StartAsync("black hole", new()
        {
            ["ECS_CONTAINER_METADATA_URI_V4"] = hole.Uri.ToString(),
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = hole.Uri.ToString(),
            ["AWS_EC2_METADATA_DISABLED"] = "false",
        });
        var clock = Stopwatch.StartNew();

        await service.StopAsync();

        // The time to stop, two seconds, and what a busy machine adds.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"Stopping took {clock.Elapsed}.");
    }

    /// <summary>Starts a service, and before it one that is switched off, to compare with.</summary>
    private async Task<StarvedServiceProcess> StartAsync(string name, Dictionary<string, string> environment)
    {
        environment.TryAdd("AWS_EC2_METADATA_DISABLED", "true");
        var clock = Stopwatch.StartNew();
        using (await StarvedServiceProcess.StartAsync(new Dictionary<string, string> { ["FastScaling__CloudWatch__Enabled"] = "false" }, output.WriteLine))
        {
            clock.Stop();
        }

        var without = clock.Elapsed;
        clock.Restart();
        var service = await StarvedServiceProcess.StartAsync(environment, output.WriteLine);
        output.WriteLine($"{name}: started in {clock.Elapsed.TotalMilliseconds:0} ms, switched off in {without.TotalMilliseconds:0} ms.");

        // Any look-up that is waited for would add two seconds or more to it.
        Assert.True(clock.Elapsed < (without * 2) + TimeSpan.FromSeconds(1.5), $"It started in {clock.Elapsed}, switched off in {without}.");
        return service;
    }
}
