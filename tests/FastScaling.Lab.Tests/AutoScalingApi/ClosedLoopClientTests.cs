using System.Text.Json.Nodes;
using FastScaling.Lab.AutoScalingApi;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.Lab.Tests.AutoScalingApi;

/// <summary>Alarms and policies that boto3 made, from data to activities.</summary>
public sealed class ClosedLoopClientTests
{
    private const string DebianPython = "/usr/bin/python3";

    [Fact]
    public async Task Boto3_puts_data_and_sees_alarm_history_and_activities()
    {
        Clients.Require(File.Exists(DebianPython) && Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "Debian's python3-boto3");
        await using var aws = await LocalAws.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await Clients.RunAsync(DebianPython, "closed_loop.py", aws.CloudWatch.Endpoint.AbsoluteUri, aws.AutoScaling.Endpoint.AbsoluteUri);

        Assert.True(exitCode == 0, error);
        var seen = JsonNode.Parse(output)!;
        var causes = seen["causes"]!.AsArray().Select(static cause => (string)cause!).ToArray();
        Assert.Contains("monitor alarm busy in state ALARM triggered policy rate", causes);
        Assert.Contains("monitor alarm by-hand in state ALARM triggered policy hand", causes);
        Assert.Equal(["Action", "ConfigurationUpdate", "StateUpdate"], Names(seen["history"]));
        Assert.Equal(10, aws.AutoScaling.DesiredCount("service/shop/web"));

        // Alarms are listed with the policies that they call; those of target tracking come and go with their policy.
        Assert.Equal(["busy"], Names(seen["policies"]!["rate"]));
        Assert.Equal(2, Names(seen["made"]).Length);
        Assert.Equal(Names(seen["made"]).Order(), Names(seen["there"]).Order());
        Assert.Equal(["busy", "by-hand"], Names(seen["left"]));
    }

    private static string[] Names(JsonNode? node) => [.. node!.AsArray().Select(static name => (string)name!)];
}
