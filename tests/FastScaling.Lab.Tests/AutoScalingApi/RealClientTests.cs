using System.Text.Json.Nodes;
using FastScaling.Lab.AutoScalingApi;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Statistics;
using FastScaling.LocalCloudWatch.Storage;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.Lab.Tests.AutoScalingApi;

/// <summary>Clients that others wrote configure it as they would configure AWS.</summary>
public sealed class RealClientTests
{
    private const string Resource = "service/shop/web";
    private const string DebianPython = "/usr/bin/python3";

    private static readonly string[] Target = ["--service-namespace", "ecs", "--resource-id", Resource, "--scalable-dimension", "ecs:service:DesiredCount"];

    [Fact]
    public async Task The_AWS_CLI_makes_a_policy_and_an_alarm_ends_in_an_activity_and_a_desired_count()
    {
        Clients.Require(File.Exists(Clients.DebianAws), "Debian's AWS CLI");
        await using var server = await LocalAutoScalingServer.StartAsync(null, TestContext.Current.CancellationToken);

        await RunAsync(server, ["register-scalable-target", .. Target, "--min-capacity", "4", "--max-capacity", "5"]);
        var policy = await RunAsync(server, [
            "put-scaling-policy", .. Target, "--policy-name", "rate", "--policy-type", "StepScaling", "--step-scaling-policy-configuration",
            """{"AdjustmentType":"ChangeInCapacity","Cooldown":10,"StepAdjustments":[{"MetricIntervalLowerBound":0,"MetricIntervalUpperBound":50,"ScalingAdjustment":1},{"MetricIntervalLowerBound":50,"ScalingAdjustment":2}]}"""]);
        var arn = (string)policy["PolicyARN"]!;
        Assert.Equal(4, server.DesiredCount(Resource));

        Alarm(server, arn, value: 180);
        Assert.Equal(5, server.DesiredCount(Resource));
        Alarm(server, arn, value: 180);

        var scaled = (await RunAsync(server, ["describe-scaling-activities", "--service-namespace", "ecs", "--resource-id", Resource]))["ScalingActivities"]!.AsArray();
        Assert.Equal("Setting desired count to 5.", (string)scaled[0]!["Description"]!);
        Assert.Equal("monitor alarm busy in state ALARM triggered policy rate", (string)scaled[0]!["Cause"]!);
        Assert.Contains("minimum capacity was set to 4", (string)scaled[1]!["Cause"]!, StringComparison.Ordinal);
        var all = (await RunAsync(server, ["describe-scaling-activities", "--service-namespace", "ecs", "--include-not-scaled-activities", "--max-items", "1"]))["ScalingActivities"]!.AsArray();
        Assert.Equal("AlreadyAtMaxCapacity", (string)all[0]!["NotScaledReasons"]![0]!["Code"]!);
        var policies = (await RunAsync(server, ["describe-scaling-policies", "--service-namespace", "ecs", "--policy-names", "rate"]))["ScalingPolicies"]!.AsArray();
        Assert.Equal((arn, 10, 2), ((string)policies[0]!["PolicyARN"]!, (int)policies[0]!["StepScalingPolicyConfiguration"]!["Cooldown"]!, policies[0]!["StepScalingPolicyConfiguration"]!["StepAdjustments"]!.AsArray().Count));
        await RunAsync(server, ["delete-scaling-policy", .. Target, "--policy-name", "rate"]);
        var (refused, _, error) = await Clients.RunAsync(Clients.DebianAws, ["application-autoscaling", "delete-scaling-policy", .. Target, "--policy-name", "rate", "--endpoint-url", server.Endpoint.AbsoluteUri]);
        Assert.NotEqual(0, refused);
        Assert.Contains("(ObjectNotFoundException) when calling the DeleteScalingPolicy operation", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_local_CloudWatch_an_alarm_of_the_AWS_CLI_scales_in_real_time()
    {
        Clients.Require(File.Exists(Clients.DebianAws), "Debian's AWS CLI");
        await using var scaling = await LocalAutoScalingServer.StartAsync(null, TestContext.Current.CancellationToken);
        var options = new LocalCloudWatchOptions();
        options.AlarmActionTargets.Add(scaling);
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken);

        await RunAsync(scaling, ["register-scalable-target", .. Target, "--min-capacity", "2", "--max-capacity", "10"]);
        var policy = await RunAsync(scaling, [
            "put-scaling-policy", .. Target, "--policy-name", "rate", "--policy-type", "StepScaling", "--step-scaling-policy-configuration",
            """{"AdjustmentType":"ChangeInCapacity","StepAdjustments":[{"MetricIntervalLowerBound":0,"ScalingAdjustment":3}]}"""]);
        await CloudWatchAsync("put-metric-alarm", "--alarm-name", "busy", "--namespace", "FastScaling", "--metric-name", "RequestsPerSecond", "--statistic", "Average",
            "--period", "10", "--evaluation-periods", "1", "--threshold", "100", "--comparison-operator", "GreaterThanThreshold", "--alarm-actions", (string)policy["PolicyARN"]!);
        await CloudWatchAsync("put-metric-data", "--namespace", "FastScaling", "--metric-name", "RequestsPerSecond", "--value", "180", "--storage-resolution", "1");

        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (scaling.DesiredCount(Resource) != 5 && watch.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(5, scaling.DesiredCount(Resource));
        var activities = (await RunAsync(scaling, ["describe-scaling-activities", "--service-namespace", "ecs"]))["ScalingActivities"]!.AsArray();
        Assert.Equal("monitor alarm busy in state ALARM triggered policy rate", (string)activities[0]!["Cause"]!);

        async Task CloudWatchAsync(params string[] arguments)
        {
            var (exitCode, _, error) = await Clients.RunAsync(Clients.DebianAws, ["cloudwatch", .. arguments, "--endpoint-url", cloudWatch.Endpoint.AbsoluteUri]);
            Assert.True(exitCode == 0, error);
        }
    }

    [Fact]
    public async Task Boto3_configures_target_tracking_and_schedules_and_sees_the_errors_of_AWS()
    {
        Clients.Require(File.Exists(DebianPython) && Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "Debian's python3-boto3");
        await using var server = await LocalAutoScalingServer.StartAsync(null, TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await Clients.RunAsync(DebianPython, "autoscaling.py", server.Endpoint.AbsoluteUri);

        Assert.True(exitCode == 0, error);
        var seen = JsonNode.Parse(output)!;
        Assert.Equal(200, (int)seen["status"]!);
        Assert.StartsWith("arn:aws:autoscaling:", (string)seen["policy"]!, StringComparison.Ordinal);
        Assert.StartsWith("TargetTracking-service/shop/web-AlarmHigh-", (string)Assert.Single(seen["alarms"]!.AsArray())!["AlarmName"]!, StringComparison.Ordinal);
        Assert.Equal((2, 40), ((int)seen["targets"]![0]!["MinCapacity"]!, (int)seen["targets"]![0]!["MaxCapacity"]!));
        Assert.Equal(60, (double)seen["policies"]![0]!["TargetTrackingScalingPolicyConfiguration"]!["TargetValue"]!);
        Assert.Equal(("cron(0 7 ? * MON-FRI *)", "Europe/Berlin", 10), ((string)seen["scheduled"]![0]!["Schedule"]!, (string)seen["scheduled"]![0]!["Timezone"]!, (int)seen["scheduled"]![0]!["ScalableTargetAction"]!["MinCapacity"]!));
        Assert.Equal("Successful", (string)seen["activities"]![0]!["StatusCode"]!);
        Assert.Equal(
            ["ValidationException", "ObjectNotFoundException", "ObjectNotFoundException", "ValidationException", "ValidationException"],
            seen["errors"]!.AsObject().Select(static pair => (string)pair.Value!));
    }

    // An alarm of a local CloudWatch, driven by hand so that the test need not wait ten seconds for it.
    private static void Alarm(LocalAutoScalingServer server, string arn, double value)
    {
        var metric = new MetricIdentity("FastScaling", "RequestsPerSecond", []);
        var model = new CloudWatchModel(new CloudWatchSettings());
        var start = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        model.Alarms.Put(start, new AlarmDefinition
        {
            Name = "busy",
            Source = new MetricSource(metric, null, Statistic.Plain("Average")!, 10),
            Comparison = AlarmComparison.GreaterThanThreshold,
            Threshold = 100,
            Period = 10,
            AlarmActions = [arn],
        });
        model.Put(start.AddSeconds(5), metric, "Count/Second", 1, start.AddSeconds(5), Aggregate.OfValue(value));
        var invocation = Assert.Single(model.AdvanceTo(start.AddSeconds(20)).OfType<AlarmActionInvocation>());
        Assert.True(server.Accepts(invocation.ActionArn));
        server.Invoke(invocation);
    }

    private static async Task<JsonNode> RunAsync(LocalAutoScalingServer server, string[] arguments)
    {
        var (exitCode, output, problem) = await Clients.RunAsync(
            Clients.DebianAws, ["application-autoscaling", .. arguments, "--endpoint-url", server.Endpoint.AbsoluteUri, "--output", "json"]);
        Assert.True(exitCode == 0, problem);
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }
}
