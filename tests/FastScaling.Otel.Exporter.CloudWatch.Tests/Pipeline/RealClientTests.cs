using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>The whole way: real requests, a signed call whose signature is verified, and an AWS client that reads back.</summary>
public class RealClientTests
{
    [Fact]
    public async Task The_AWS_CLI_reads_what_a_service_was_sent()
    {
        Clients.Require(File.Exists(Clients.DebianAws), "Debian's AWS CLI");
        var options = new LocalCloudWatchOptions();
        options.SecretAccessKeys.Add(Clients.AccessKeyId, Clients.Secret);
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(options);
        await using var service = await TestService.StartAsync(
            cloudWatch,
            configureExporter: exporter => exporter.Credentials = new SessionAWSCredentials(Clients.AccessKeyId, Clients.Secret, "token/with+signs="));
        var start = DateTimeOffset.UtcNow;
        await service.OfferAsync(80, TimeSpan.FromSeconds(3));
        await service.StopAsync();

        var rate = await StatisticsAsync(nameof(ScalingSignals.RequestsPerSecond), "Count/Second", "Sum");
        var time = await StatisticsAsync(nameof(ScalingSignals.ResponseTime), "Milliseconds", "SampleCount", "Sum", "Average");

        Assert.Equal(service.Counts.Arrived, rate.Sum(point => (double)point!["Sum"]!));
        Assert.Equal(service.Counts.Ended, time.Sum(point => (double)point!["SampleCount"]!));
        var milliseconds = service.Counts.Durations * 1000;
        Assert.InRange(time.Sum(point => (double)point!["Sum"]!), milliseconds * (1 - 1e-9), milliseconds * (1 + 1e-9));

        async Task<JsonArray> StatisticsAsync(string metric, string unit, params string[] statistics)
        {
            var (exitCode, output, error) = await Clients.RunAsync(
                Clients.DebianAws,
                [
                    "--endpoint-url", cloudWatch.Endpoint.AbsoluteUri, "--output", "json", "cloudwatch", "get-metric-statistics",
                    "--namespace", "FastScaling", "--metric-name", metric, "--dimensions", "Name=ServiceName,Value=test", "--unit", unit,
                    "--period", "1", "--start-time", Iso(start.AddSeconds(-1)), "--end-time", Iso(DateTimeOffset.UtcNow.AddSeconds(1)),
                    "--statistics", .. statistics,
                ]);
            Assert.True(exitCode == 0, error);
            return JsonNode.Parse(output)!["Datapoints"]!.AsArray();
        }
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
