using System.Text.Json.Nodes;
using FastScaling.Lab.Checks;
using FastScaling.Lab.Checks.Deployed;
using FastScaling.Lab.Commands;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Lab.Tests.Live;

public class LiveCheckTests
{
    [Fact]
    public async Task Alarms_are_compared_with_the_data_that_arrive()
    {
        await using var server = await LocalCloudWatchServer.StartAsync();
        using var client = new LiveClient(server.Endpoint, null);
        await PutDataAsync(client);
        await PutAlarmAsync(client, "good", "RequestsPerSecond", "Count/Second", "blue");
        await PutAlarmAsync(client, "unit", "RequestsPerSecond", "Count", "blue");
        await PutAlarmAsync(client, "dimensions", "RequestsPerSecond", "Count/Second", "green");
        await PutAlarmAsync(client, "name", "RequestPerSecond", "Count/Second", "blue");

        var findings = await new LiveChecker(client, TimeProvider.System).CheckAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal("live-wrong-unit", Of("unit"));
        Assert.Equal("live-wrong-dimensions", Of("dimensions"));
        Assert.Equal("live-no-metric", Of("name"));

        // Whether it has been evaluated by now is a matter of time.
        Assert.DoesNotContain(findings, finding => finding is { Resource: "good", Severity: Severity.Error });

        string? Of(string alarm) => findings.SingleOrDefault(finding => finding.Resource == alarm)?.Id;
    }

    [Fact]
    public async Task Without_alarms_that_is_the_finding()
    {
        await using var server = await LocalCloudWatchServer.StartAsync();
        using var client = new LiveClient(server.Endpoint, null);

        var finding = Assert.Single(await new LiveChecker(client, TimeProvider.System).CheckAsync("my-", TestContext.Current.CancellationToken));

        Assert.Equal("live-no-alarm", finding.Id);
    }

    [Fact]
    public async Task The_command_checks_an_endpoint()
    {
        await using var server = await LocalCloudWatchServer.StartAsync();

        Assert.Equal(ExitCode.Findings, await LabCommand.RunAsync(["check", "--live", "--endpoint-url", server.Endpoint.AbsoluteUri]));
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_one_clear_error()
    {
        Uri endpoint;
        await using (var server = await LocalCloudWatchServer.StartAsync())
        {
            endpoint = server.Endpoint;
        }

        using var client = new LiveClient(endpoint, null);
        var error = await Assert.ThrowsAsync<CommandException>(() => new LiveChecker(client, TimeProvider.System).CheckAsync(null, TestContext.Current.CancellationToken));

        Assert.StartsWith($"DescribeAlarms at {endpoint} failed: ", error.Message, StringComparison.Ordinal);
    }

    private static JsonArray Dimensions(string cluster) =>
        new(new JsonObject { ["Name"] = "ClusterName", ["Value"] = cluster }, new JsonObject { ["Name"] = "ServiceName", ["Value"] = "shop" });

    private static async Task PutDataAsync(LiveClient client)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var data = new JsonArray([.. Enumerable.Range(0, 300).Select(second => new JsonObject
        {
            ["MetricName"] = "RequestsPerSecond",
            ["Unit"] = "Count/Second",
            ["Value"] = 10,
            ["Timestamp"] = now - second,
            ["StorageResolution"] = 1,
            ["Dimensions"] = Dimensions("blue"),
        })]);
        await client.CallAsync("PutMetricData", new JsonObject { ["Namespace"] = "FastScaling", ["MetricData"] = data }, CancellationToken.None);
    }

    private static async Task PutAlarmAsync(LiveClient client, string name, string metric, string unit, string cluster) => await client.CallAsync(
        "PutMetricAlarm",
        new JsonObject
        {
            ["AlarmName"] = name,
            ["Namespace"] = "FastScaling",
            ["MetricName"] = metric,
            ["Unit"] = unit,
            ["Dimensions"] = Dimensions(cluster),
            ["Statistic"] = "Average",
            ["Period"] = 10,
            ["EvaluationPeriods"] = 1,
            ["Threshold"] = 100,
            ["ComparisonOperator"] = "GreaterThanThreshold",
        },
        CancellationToken.None);
}
