using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class AlarmOperationTests
{
    private const string Policy = "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:resource/ecs/service/c/s:policyName/out";

    private static readonly DateTimeOffset Noon = TestClock.Noon;

    public static TheoryData<string, string, string> BadAlarms { get; } = new()
    {
        { """{"AlarmName":null}""", "MissingParameter", "AlarmName" },
        { """{"AlarmName":""}""", "InvalidParameterValue", "AlarmName" },
        { """{"Period":15}""", "ValidationError", "The parameter Period must be 10, 20, 30 or a multiple of 60, and is 15." },
        { """{"Period":5}""", "ValidationError", "Period" },
        { """{"Period":null}""", "MissingParameter", "Period" },
        { """{"EvaluationPeriods":0}""", "InvalidParameterValue", "EvaluationPeriods" },
        { """{"EvaluationPeriods":null}""", "MissingParameter", "EvaluationPeriods" },
        { """{"EvaluationPeriods":8641}""", "ValidationError", "more than a day (EvaluationPeriods * Period must be <= 86400)" },
        { """{"EvaluationPeriods":169,"Period":3600}""", "ValidationError", "more than a week" },
        { """{"DatapointsToAlarm":2}""", "ValidationError", "DatapointsToAlarm must be less than or equal to EvaluationPeriods, and is 2 of 1." },
        { """{"DatapointsToAlarm":0}""", "InvalidParameterValue", "DatapointsToAlarm" },
        { """{"Threshold":null}""", "MissingParameter", "Threshold" },
        { """{"ComparisonOperator":null}""", "MissingParameter", "ComparisonOperator" },
        { """{"ComparisonOperator":"Above"}""", "InvalidParameterValue", "GreaterThanThreshold" },
        { """{"ComparisonOperator":"GreaterThanUpperThreshold"}""", "InvalidParameterValue", "anomaly detection" },
        { """{"TreatMissingData":"notbreaching"}""", "InvalidParameterValue", "[ breaching, notBreaching, ignore, missing ]" },
        { """{"EvaluateLowSampleCountPercentile":"ignore"}""", "InvalidParameterCombination", "percentile" },
        { """{"Statistic":null}""", "InvalidParameterCombination", "Statistic" },
        { """{"Statistic":"p99"}""", "InvalidParameterValue", "Statistic" },
        { """{"ExtendedStatistic":"p99"}""", "InvalidParameterCombination", "mutually exclusive" },
        { """{"Statistic":null,"ExtendedStatistic":"tm90"}""", "InvalidParameterValue", "not supported" },
        { """{"Unit":"Minutes"}""", "InvalidParameterValue", "Unit" },
        { """{"AlarmActions":["arn:a","arn:b","arn:c","arn:d","arn:e","arn:f"]}""", "InvalidParameterValue", "AlarmActions must not have a size greater than 5" },
        { """{"OKActions":["topic"]}""", "ValidationError", "Invalid arn syntax: topic" },
        { """{"EvaluationInterval":10}""", "InvalidParameterValue", "EvaluationInterval is not supported" },
        { """{"Metrics":[{"Id":"e","Expression":"1"}]}""", "InvalidParameterCombination", "Metrics and MetricName" },
    };

    public static TheoryData<string, string> BadMetrics { get; } = new()
    {
        { """[{"Id":"e","Expression":"1"}]""", "at least one metric" },
        { """[METRIC(m,10,true),{"Id":"e","Expression":"m"}]""", "Exactly one element" },
        { """[METRIC(m,10,false)]""", "Exactly one element" },
        { """[METRIC(m,10,false),METRIC(n,60,true)]""", "the same period" },
        { """[METRIC(m,10,false),METRIC(m,10,true)]""", "not unique: m" },
        { """[METRIC(m,10,false),{"Id":"e","Expression":"m +"}]""", "Error in expression 'e' at position 4: the expression ends" },
        { """[METRIC(m,10,false),{"Id":"e","Expression":"AVG(m)"}]""", "gives a number, and an alarm watches a single time series" },
        { """[METRIC(m,10,false),{"Id":"e","Expression":"[m, m]"}]""", "gives an array of 2 time series" },
        { """[METRIC(m,5,true)]""", "must be 10, 20, 30 or a multiple of 60" },
        { "[" + string.Join(',', Enumerable.Range(0, 11).Select(i => $"METRIC(m{i},10,false)")) + """,{"Id":"e","Expression":"m1"}]""", "has 11 metrics" },
    };

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Query)]
    [InlineData(Wire.Cbor)]
    public async Task An_alarm_is_described_as_it_was_put(Wire wire)
    {
        await using var local = await Local.StartAsync();
        var alarm = Data.Alarm().With("AlarmDescription", "too much").With("DatapointsToAlarm", 2).With("EvaluationPeriods", 3).With("TreatMissingData", "notBreaching")
            .With("AlarmActions", Data.Strings(Policy)).With("OKActions", Data.Strings("arn:aws:sns:x:1:t")).With("Dimensions", Data.Dimensions(("d", "v"))).With("Unit", "Count");
        var put = await local.CallAsync(wire, "PutMetricAlarm", alarm);
        Assert.True(put.IsOk, put.Message);

        var found = (await local.CallAsync(wire, "DescribeAlarms", [])).List("MetricAlarms").Single()!;

        foreach (var (member, value) in alarm)
        {
            Assert.Equal(value!.ToJsonString().Trim('"'), found[member] is JsonValue text ? text.ToString() : found[member]!.ToJsonString());
        }

        Assert.Equal(("INSUFFICIENT_DATA", "Unchecked: Initial alarm creation"), ((string?)found["StateValue"], (string?)found["StateReason"]));
        Assert.Equal("arn:aws:cloudwatch:us-east-1:123456789012:alarm:a", (string?)found["AlarmArn"]);
        Assert.Equal("true", found["ActionsEnabled"]!.ToString());
        Assert.Equal(Noon, Reply.Time(found["StateUpdatedTimestamp"]));
        Assert.Equal("a", (string?)(await local.CallAsync(wire, "DescribeAlarmsForMetric", new() { ["Namespace"] = "Tests", ["MetricName"] = "m", ["Dimensions"] = Data.Dimensions(("d", "v")) })).List("MetricAlarms").Single()!["AlarmName"]);
        Assert.Empty((await local.CallAsync(wire, "DescribeAlarmsForMetric", new() { ["Namespace"] = "Tests", ["MetricName"] = "m" })).List("MetricAlarms"));
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Query)]
    [InlineData(Wire.Cbor)]
    public async Task An_alarm_on_metric_math_is_described_as_it_was_put(Wire wire)
    {
        await using var local = await Local.StartAsync();
        var alarm = Data.Alarm().With("Metrics", new JsonArray(
            new JsonObject { ["Id"] = "e", ["Expression"] = "IF(m > 5, m / 2, 0)", ["Label"] = "half" },
            Data.Query("m", "p99").With("ReturnData", false)));
        foreach (var member in new[] { "Namespace", "MetricName", "Statistic", "Period" })
        {
            alarm.Remove(member);
        }

        var put = await local.CallAsync(wire, "PutMetricAlarm", alarm);
        Assert.True(put.IsOk, put.Message);
        var metrics = (await local.CallAsync(wire, "DescribeAlarms", [])).List("MetricAlarms").Single()!["Metrics"]!.AsArray();

        Assert.Equal(["m p99 10 ", "e   IF(m > 5, m / 2, 0)"], metrics.Select(query => $"{query!["Id"]} {query["MetricStat"]?["Stat"]} {query["MetricStat"]?["Period"]} {query["Expression"]}"));
    }

    [Theory]
    [MemberData(nameof(BadAlarms))]
    public async Task A_wrong_alarm_is_refused_and_the_reason_is_named(string change, string code, string message)
    {
        await using var local = await Local.StartAsync();
        var alarm = Data.Alarm();
        foreach (var (member, value) in JsonNode.Parse(change)!.AsObject())
        {
            alarm[member] = value?.DeepClone();
        }

        var reply = await local.CallAsync(Wire.Cbor, "PutMetricAlarm", alarm);

        Assert.Equal(code, reply.Code);
        Assert.Contains(message, reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadMetrics))]
    public async Task Wrong_metrics_are_refused_and_the_reason_is_named(string metrics, string message)
    {
        await using var local = await Local.StartAsync();
        var list = System.Text.RegularExpressions.Regex.Replace(
            metrics,
            @"METRIC\((\w+),(\d+),(\w+)\)",
            """{"Id":"$1","ReturnData":$3,"MetricStat":{"Metric":{"Namespace":"Tests","MetricName":"$1"},"Period":$2,"Stat":"Sum"}}""");

        var reply = await local.CallAsync(Wire.Json, "PutMetricAlarm", new JsonObject
        {
            ["AlarmName"] = "a",
            ["Metrics"] = JsonNode.Parse(list),
            ["EvaluationPeriods"] = 1,
            ["Threshold"] = 1,
            ["ComparisonOperator"] = "LessThanThreshold",
        });

        Assert.Equal("ValidationError", reply.Code);
        Assert.Contains(message, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarms_are_found_by_name_prefix_state_and_action()
    {
        await using var local = await Local.StartAsync();
        foreach (var name in new[] { "web-out", "web-in", "db" })
        {
            await local.CallAsync(Wire.Json, "PutMetricAlarm", Data.Alarm(name).With("AlarmActions", Data.Strings(name == "db" ? "arn:aws:sns:x:1:t" : Policy)));
        }

        await local.CallAsync(Wire.Json, "SetAlarmState", new() { ["AlarmName"] = "web-in", ["StateValue"] = "ALARM", ["StateReason"] = "test" });

        Assert.Equal(["db", "web-in", "web-out"], await NamesAsync([]));
        Assert.Equal(["web-in", "web-out"], await NamesAsync(new() { ["AlarmNamePrefix"] = "web" }));
        Assert.Equal(["db", "web-in"], await NamesAsync(new() { ["AlarmNames"] = Data.Strings("web-in", "db", "unknown") }));
        Assert.Equal(["web-in"], await NamesAsync(new() { ["StateValue"] = "ALARM" }));
        Assert.Equal(["db"], await NamesAsync(new() { ["ActionPrefix"] = "arn:aws:sns" }));
        Assert.Empty(await NamesAsync(new() { ["AlarmTypes"] = Data.Strings("CompositeAlarm") }));
        Assert.Equal("ValidationError", (await local.CallAsync(Wire.Json, "DescribeAlarms", new() { ["AlarmNames"] = Data.Strings("db"), ["AlarmNamePrefix"] = "d" })).Code);
        Assert.Equal("InvalidParameterValue", (await local.CallAsync(Wire.Json, "DescribeAlarms", new() { ["StateValue"] = "Ok" })).Code);
        Assert.Equal("InvalidParameterValue", (await local.CallAsync(Wire.Json, "DescribeAlarms", new() { ["MaxRecords"] = 101 })).Code);

        async Task<string[]> NamesAsync(JsonObject input) =>
            [.. (await local.CallAsync(Wire.Json, "DescribeAlarms", input)).List("MetricAlarms").Select(alarm => (string)alarm!["AlarmName"]!)];
    }

    [Theory]
    [InlineData(Wire.Json, 7)]
    [InlineData(Wire.Query, 50)]
    [InlineData(Wire.Cbor, 100)]
    public async Task Pages_of_alarms_and_of_history_together_hold_everything_once(Wire wire, int most)
    {
        await using var local = await Local.StartAsync();
        for (var i = 0; i < 105; i++)
        {
            await local.CallAsync(wire, "PutMetricAlarm", Data.Alarm($"alarm {i:D3}"));
        }

        Assert.Equal(105, (await PagesAsync("DescribeAlarms", "MetricAlarms", new() { ["MaxRecords"] = most })).Distinct().Count());
        var newest = await PagesAsync("DescribeAlarmHistory", "AlarmHistoryItems", new() { ["MaxRecords"] = most });
        var oldest = await PagesAsync("DescribeAlarmHistory", "AlarmHistoryItems", new() { ["MaxRecords"] = most, ["ScanBy"] = "TimestampAscending" });
        Assert.Equal("alarm 104", newest[0]);
        Assert.Equal(Enumerable.Reverse(newest), oldest);
        Assert.Equal("InvalidNextToken", (await local.CallAsync(wire, "DescribeAlarms", new() { ["NextToken"] = "x" })).Code);
        Assert.Equal("InvalidNextToken", (await local.CallAsync(wire, "DescribeAlarmHistory", new() { ["NextToken"] = "§" })).Code);

        async Task<List<string>> PagesAsync(string operation, string list, JsonObject input)
        {
            var names = new List<string>();
            do
            {
                var reply = await local.CallAsync(wire, operation, input);
                Assert.InRange(reply.List(list).Count, 1, most);
                names.AddRange(reply.List(list).Select(item => (string)item!["AlarmName"]!));
                input["NextToken"] = (string?)reply.Body!["NextToken"];
                if (input["NextToken"] is null)
                {
                    return names;
                }
            }
            while (names.Count < 1000);
            throw new InvalidOperationException("The pages do not end.");
        }
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Query)]
    [InlineData(Wire.Cbor)]
    public async Task A_state_that_is_set_is_in_the_history_with_its_data(Wire wire)
    {
        await using var local = await Local.StartAsync();
        await local.CallAsync(wire, "PutMetricAlarm", Data.Alarm().With("AlarmActions", Data.Strings(Policy)));
        local.Clock.Now = Noon.AddSeconds(1);
        var set = new JsonObject { ["AlarmName"] = "a", ["StateValue"] = "ALARM", ["StateReason"] = "a test", ["StateReasonData"] = """{"x":1}""" };
        Assert.True((await local.CallAsync(wire, "SetAlarmState", set)).IsOk);

        var history = (await local.CallAsync(wire, "DescribeAlarmHistory", new() { ["AlarmName"] = "a", ["StartDate"] = Data.Epoch(Noon.AddSeconds(1)), ["EndDate"] = Data.Epoch(Noon.AddSeconds(1)) })).List("AlarmHistoryItems");
        Assert.Equal([$"Action Successfully executed action {Policy}", "StateUpdate Alarm updated from INSUFFICIENT_DATA to ALARM"], history.Select(item => $"{item!["HistoryItemType"]} {item["HistorySummary"]}"));
        Assert.Equal(1, (int)JsonNode.Parse((string)history[1]!["HistoryData"]!)!["newState"]!["stateReasonData"]!["x"]!);
        Assert.Single((await local.CallAsync(wire, "DescribeAlarmHistory", new() { ["HistoryItemType"] = "ConfigurationUpdate" })).List("AlarmHistoryItems"));

        var unknown = await local.CallAsync(wire, "SetAlarmState", set.With("AlarmName", "b"));
        Assert.Equal((404, "ResourceNotFound"), ((int)unknown.Status, unknown.Code));
        Assert.Equal("InvalidFormat", (await local.CallAsync(wire, "SetAlarmState", set.With("AlarmName", "a").With("StateReasonData", "{"))).Code);
        Assert.Equal("InvalidParameterValue", (await local.CallAsync(wire, "SetAlarmState", set.With("StateValue", "BAD"))).Code);
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Query)]
    [InlineData(Wire.Cbor)]
    public async Task Alarms_are_deleted_and_their_actions_switched_and_unknown_names_do_not_matter(Wire wire)
    {
        await using var local = await Local.StartAsync();
        await local.CallAsync(wire, "PutMetricAlarm", Data.Alarm());
        await local.CallAsync(wire, "PutMetricAlarm", Data.Alarm("b"));
        var names = new JsonObject { ["AlarmNames"] = Data.Strings("a", "unknown") };

        Assert.True((await local.CallAsync(wire, "DisableAlarmActions", names)).IsOk);
        Assert.Equal("false true", await EnabledAsync());
        Assert.True((await local.CallAsync(wire, "EnableAlarmActions", names)).IsOk);
        Assert.Equal("true true", await EnabledAsync());
        Assert.True((await local.CallAsync(wire, "DeleteAlarms", names)).IsOk);
        Assert.Equal("true", await EnabledAsync());
        Assert.Equal("MissingParameter", (await local.CallAsync(wire, "DeleteAlarms", [])).Code);
        Assert.Equal("InvalidParameterValue", (await local.CallAsync(wire, "DeleteAlarms", new() { ["AlarmNames"] = Data.Strings([.. Enumerable.Range(0, 101).Select(i => $"{i}")]) })).Code);

        async Task<string> EnabledAsync() =>
            string.Join(' ', (await local.CallAsync(wire, "DescribeAlarms", [])).List("MetricAlarms").Select(alarm => alarm!["ActionsEnabled"]!.ToString()));
    }
}
