using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Clients that others wrote put data and read them back. Their signatures are verified in full.</summary>
public sealed class RealClientTests
{
    [Fact]
    public async Task The_AWS_CLI_of_Debian_speaks_the_query_protocol()
    {
        Clients.Require(File.Exists(Clients.DebianAws), "Debian's AWS CLI");

        await RoundTripAsync(Clients.DebianAws, "query");
    }

    [Theory]
    [InlineData("default", "json-1.0")]
    [InlineData("cbor", "rpc-v2-cbor")]
    [InlineData("json", "json-1.0")]
    [InlineData("query", "query")]
    public async Task The_AWS_SDK_for_JavaScript_puts_data_and_reads_them_back(string protocol, string expected)
    {
        var node = Clients.OnPath("node");
        Clients.Require(node is not null, "Node.js");
        Clients.Require(Directory.Exists(Path.Combine(Clients.Folder, "node_modules", "@aws-sdk", "client-cloudwatch")), "@aws-sdk/client-cloudwatch");
        var receipts = new ConcurrentQueue<PutMetricDataReceipt>();
        await using var server = await StartAsync(receipts);
        var now = TimeProvider.System.GetUtcNow();
        var second = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());

        var (exitCode, output, error) = await Clients.RunAsync(
            node!, "cloudwatch.mjs", server.Endpoint.AbsoluteUri, protocol, second.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

        Assert.True(exitCode == 0, error);
        var seen = JsonNode.Parse(output)!;
        Assert.Equal((50.5, 4d, 20.5), ((double)seen["point"]!["Sum"]!, (double)seen["point"]!["SampleCount"]!, (double)seen["point"]!["ExtendedStatistics"]!["p99"]!));
        Assert.Equal(second, Reply.Time(seen["point"]!["Timestamp"]));
        Assert.Equal(("q", "ResponseTime", "Complete", 20.5), ((string)seen["result"]!["Id"]!, (string)seen["result"]!["Label"]!, (string)seen["result"]!["StatusCode"]!, (double)seen["result"]!["Values"]!.AsArray().Single()!));
        Assert.Equal("shop & co", (string?)seen["metrics"]!.AsArray().Single()!["Dimensions"]![0]!["Value"]);
        Assert.True((bool)seen["requestId"]!);
        Assert.StartsWith("InvalidParameterValue", (string)seen["error"]!["name"]!, StringComparison.Ordinal);
        Assert.Equal(400, (int)seen["error"]!["status"]!);
        Assert.Equal([expected, expected], receipts.Select(receipt => receipt.Protocol));
        Assert.Equal([(200, protocol != "cbor"), (1, false)], receipts.Select(receipt => (receipt.DatumCount, receipt.IsGzip)));
        Assert.All(receipts, receipt => Assert.Equal(Clients.AccessKeyId, receipt.AccessKeyId));
    }

    private static async Task RoundTripAsync(string aws, string protocol)
    {
        var receipts = new ConcurrentQueue<PutMetricDataReceipt>();
        await using var server = await StartAsync(receipts);
        var second = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        const string Dimensions = """[{"Name":"ServiceName","Value":"shop & co"}]""";

        await RunAsync("put-metric-data", "--namespace", "Cli", "--metric-data",
            $$"""[{"MetricName":"ResponseTime","Timestamp":"{{Iso(second)}}","Dimensions":{{Dimensions}},"Unit":"Milliseconds","StorageResolution":1,"Values":[10,20.5],"Counts":[3,1]}]""");
        var statistics = await RunAsync("get-metric-statistics", "--namespace", "Cli", "--metric-name", "ResponseTime", "--dimensions", Dimensions,
            "--start-time", Iso(second), "--end-time", Iso(second.AddSeconds(1)), "--period", "1", "--statistics", "Sum", "SampleCount");
        var data = await RunAsync("get-metric-data", "--start-time", Iso(second.AddMinutes(-1)), "--end-time", Iso(second.AddMinutes(1)), "--metric-data-queries",
            $$$"""[{"Id":"q","MetricStat":{"Metric":{"Namespace":"Cli","MetricName":"ResponseTime","Dimensions":{{{Dimensions}}}},"Period":10,"Stat":"p99"}}]""");
        var list = await RunAsync("list-metrics", "--namespace", "Cli");
        var (refused, _, error) = await Clients.RunAsync(aws, Arguments("put-metric-data", "--namespace", "AWS/Cli", "--metric-name", "m", "--value", "1"));

        var point = Assert.Single(statistics["Datapoints"]!.AsArray())!;
        Assert.Equal((50.5, 4d, "Milliseconds"), ((double)point["Sum"]!, (double)point["SampleCount"]!, (string)point["Unit"]!));
        Assert.Equal(second, Reply.Time(point["Timestamp"]));
        var result = Assert.Single(data["MetricDataResults"]!.AsArray())!;
        Assert.Equal(("q", "ResponseTime", 20.5), ((string)result["Id"]!, (string)result["Label"]!, (double)result["Values"]!.AsArray().Single()!));
        Assert.Equal("shop & co", (string?)Assert.Single(list["Metrics"]!.AsArray())!["Dimensions"]![0]!["Value"]);
        Assert.NotEqual(0, refused);
        Assert.Contains("(InvalidParameterValue) when calling the PutMetricData operation", error, StringComparison.Ordinal);
        Assert.Contains("The value AWS/Cli for parameter Namespace is invalid.", error, StringComparison.Ordinal);
        Assert.Equal(protocol, Assert.Single(receipts).Protocol);

        async Task<JsonNode> RunAsync(params string[] arguments)
        {
            var (exitCode, output, problem) = await Clients.RunAsync(aws, Arguments(arguments));
            Assert.True(exitCode == 0, problem);
            return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
        }

        string[] Arguments(params string[] arguments) => ["--endpoint-url", server.Endpoint.AbsoluteUri, "--output", "json", "cloudwatch", .. arguments];
    }

    private static Task<LocalCloudWatchServer> StartAsync(ConcurrentQueue<PutMetricDataReceipt> receipts)
    {
        var options = new LocalCloudWatchOptions { Received = receipts.Enqueue };
        options.SecretAccessKeys.Add(Clients.AccessKeyId, Clients.Secret);
        return LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken);
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
