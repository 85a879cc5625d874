using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Clients that others wrote create alarms, put data that set them off, and see their state and history.</summary>
public sealed class RealClientAlarmTests
{
    private const string Python = "/usr/bin/python3";

    private readonly ConcurrentQueue<PutMetricDataReceipt> _receipts = new();

    [Theory]
    [InlineData("default", "json-1.0", "ResourceNotFound")]
    [InlineData("cbor", "rpc-v2-cbor", "ResourceNotFound")]
    [InlineData("json", "json-1.0", "ResourceNotFound")]
    [InlineData("query", "query", "ResourceNotFound")]
    public async Task The_AWS_SDK_for_JavaScript(string protocol, string expected, string error)
    {
        var node = Clients.OnPath("node");
        Clients.Require(node is not null, "Node.js");
        Clients.Require(Directory.Exists(Path.Combine(Clients.Folder, "node_modules", "@aws-sdk", "client-cloudwatch")), "@aws-sdk/client-cloudwatch");
        await using var server = await StartAsync();

        Check(await Clients.RunAsync(node!, "alarms.mjs", server.Endpoint.AbsoluteUri, protocol), error);

        Assert.Equal(expected, Assert.Single(_receipts).Protocol);
    }

    [Fact]
    public async Task Boto3_of_Debian()
    {
        var (exitCode, _, _) = File.Exists(Python) ? await Clients.RunAsync(Python, "-c", "import boto3") : (1, "", "");
        Clients.Require(exitCode == 0, "Debian's boto3");
        await using var server = await StartAsync();

        Check(await Clients.RunAsync(Python, "alarms.py", server.Endpoint.AbsoluteUri), "ResourceNotFound");
    }

    [Fact]
    public async Task The_AWS_CLI_of_Debian()
    {
        Clients.Require(File.Exists(Clients.DebianAws), "Debian's AWS CLI");
        await using var server = await StartAsync();

        await RunAsync("put-metric-alarm", "--alarm-name", "busy", "--namespace", "Cli", "--metric-name", "m", "--statistic", "Maximum", "--period", "10",
            "--evaluation-periods", "1", "--threshold", "80", "--comparison-operator", "GreaterThanThreshold", "--treat-missing-data", "ignore");
        await RunAsync("put-metric-data", "--namespace", "Cli", "--metric-name", "m", "--value", "90", "--storage-resolution", "1");
        JsonNode? alarm = null;
        for (var i = 0; i < 30 && (string?)alarm?["StateValue"] != "ALARM"; i++)
        {
            alarm = Assert.Single((await RunAsync("describe-alarms", "--alarm-names", "busy"))["MetricAlarms"]!.AsArray());
        }

        var history = await RunAsync("describe-alarm-history", "--alarm-name", "busy", "--history-item-type", "StateUpdate");

        Assert.Equal("ALARM", (string?)alarm!["StateValue"]);
        Assert.StartsWith("Threshold Crossed: 1 out of the last 1 datapoint [90.0 (", (string?)alarm["StateReason"], StringComparison.Ordinal);
        Assert.Equal("Alarm updated from INSUFFICIENT_DATA to ALARM", (string?)history["AlarmHistoryItems"]!.AsArray().Single()!["HistorySummary"]);

        async Task<JsonNode> RunAsync(params string[] arguments)
        {
            var (exitCode, output, problem) = await Clients.RunAsync(
                Clients.DebianAws, ["--endpoint-url", server.Endpoint.AbsoluteUri, "--output", "json", "cloudwatch", .. arguments]);
            Assert.True(exitCode == 0, problem);
            return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
        }
    }

    private static void Check((int ExitCode, string Output, string Error) run, string error)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        var seen = JsonNode.Parse(run.Output)!;
        Assert.Equal(["busy", "math"], seen["names"]!.AsArray().Select(name => (string)name!));
        Assert.StartsWith("Threshold Crossed: 1 out of the last 1 datapoint [90.0 (", (string?)seen["reason"], StringComparison.Ordinal);
        Assert.True((bool)seen["updated"]!);
        Assert.Equal(["Alarm updated from INSUFFICIENT_DATA to ALARM"], seen["history"]!.AsArray().Select(item => (string)item!));
        Assert.Equal(["busy"], seen["ofMetric"]!.AsArray().Select(name => (string)name!));
        Assert.Equal((error, 404), ((string)seen["error"]!["name"]!, (int)seen["error"]!["status"]!));
        Assert.Equal(0, (int)seen["left"]!);
    }

    // The signatures are those of RealClientTests; here time passes too quickly for them.
    private Task<LocalCloudWatchServer> StartAsync() => LocalCloudWatchServer.StartAsync(
        new LocalCloudWatchOptions { TimeProvider = new FastClock(), Received = _receipts.Enqueue }, TestContext.Current.CancellationToken);
}
