using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class GetMetricDataTests
{
    private static readonly DateTimeOffset Noon = TestClock.Noon;

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task Each_query_has_its_result_newest_first(Wire wire)
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(wire, Data.Datum(1, Noon), Data.Datum(2, Noon.AddSeconds(10)), Data.Datum(5, Noon, name: "n"));

        var reply = await local.CallAsync(wire, "GetMetricData", Data.MetricData(
            Noon,
            Noon.AddSeconds(20),
            Data.Query("a"),
            Data.Query("hidden").With("ReturnData", false),
            Data.Query("b", "Maximum", name: "n").With("Label", "mine"),
            Data.Query("empty", name: "none")));

        var results = reply.List("MetricDataResults");
        Assert.Equal(["a m Complete", "b mine Complete", "empty none Complete"], results.Select(result => $"{result!["Id"]} {result["Label"]} {result["StatusCode"]}"));
        Assert.Equal([2, 1], results[0]!["Values"]!.AsArray().Select(Reply.Number));
        Assert.Equal([Noon.AddSeconds(10), Noon], results[0]!["Timestamps"]!.AsArray().Select(Reply.Time));
        Assert.Equal([5], results[1]!["Values"]!.AsArray().Select(Reply.Number));
        Assert.Null(reply.Body!["NextToken"]);
    }

    [Theory]
    [InlineData(Wire.Json, "TimestampAscending", 1)]
    [InlineData(Wire.Cbor, "TimestampAscending", 1)]
    [InlineData(Wire.Json, "TimestampDescending", 3)]
    [InlineData(Wire.Cbor, "TimestampDescending", 3)]
    [InlineData(Wire.Query, "TimestampAscending", 7)]
    [InlineData(Wire.Query, null, 100)]
    public async Task Pages_together_hold_everything_once(Wire wire, string? scanBy, int most)
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(wire, [.. Enumerable.Range(0, 10).Select(i => Data.Datum(i, Noon.AddSeconds(i)))]);
        await local.PutAsync(wire, [.. Enumerable.Range(0, 4).Select(i => Data.Datum(i, Noon.AddSeconds(i), unit: "Count"))]);
        var input = Data.MetricData(Noon, Noon.AddSeconds(60), Data.Query("a", period: 1), Data.Query("b", period: 1)).With("MaxDatapoints", most);
        if (scanBy is not null)
        {
            input["ScanBy"] = scanBy;
        }

        var seen = new List<string>();
        string? token;
        var pages = 0;
        do
        {
            var reply = await local.CallAsync(wire, "GetMetricData", input);
            Assert.True(reply.IsOk, reply.Message);
            token = (string?)reply.Body!["NextToken"];
            var points = Points(reply);
            Assert.InRange(points.Count, 0, most);
            seen.AddRange(points);
            input["NextToken"] = token;
            Assert.True(++pages <= 30, "The pages do not end.");

            // A newer data point must not shift what is still to come.
            local.Clock.Now = Noon.AddSeconds(30 + pages);
            await local.PutAsync(wire, Data.Datum(100, Noon.AddSeconds(30 + pages), name: "other"));
        }
        while (token is not null);

        Assert.Equal(28, seen.Count);
        Assert.Equal(28, seen.Distinct().Count());
        Assert.Equal((28 + most - 1) / most, pages);
    }

    [Fact]
    public async Task A_result_that_is_cut_says_that_it_is_partial()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon), Data.Datum(2, Noon.AddSeconds(1)));

        var input = Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a", period: 1)).With("MaxDatapoints", 1);
        var first = await local.CallAsync(Wire.Json, "GetMetricData", input);
        var second = await local.CallAsync(Wire.Json, "GetMetricData", input.With("NextToken", (string)first.Body!["NextToken"]!));

        Assert.Equal("PartialData", (string?)first.List("MetricDataResults").Single()!["StatusCode"]);
        Assert.Equal("Complete", (string?)second.List("MetricDataResults").Single()!["StatusCode"]);
    }

    [Fact]
    public async Task A_token_of_another_request_is_refused()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon), Data.Datum(2, Noon.AddSeconds(1)));
        var first = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a", period: 1)).With("MaxDatapoints", 1));
        var token = (string)first.Body!["NextToken"]!;

        var other = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("b", period: 1)).With("NextToken", token));
        var garbage = await local.CallAsync(Wire.Query, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a", period: 1)).With("NextToken", "§$%"));

        Assert.Equal(("InvalidNextToken", "InvalidNextToken"), (other.Code, garbage.Code));
    }

    [Fact]
    public async Task Without_a_unit_there_is_a_result_for_each()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(1, Noon, unit: "Seconds"), Data.Datum(2, Noon, unit: "Count"));

        var all = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a")));
        var query = Data.Query("a");
        query["MetricStat"]!["Unit"] = "Count";
        var one = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), query));

        Assert.Equal(["a m Seconds 1", "a m Count 2"], all.List("MetricDataResults").Select(result => $"{result!["Id"]} {result["Label"]} {result["Values"]![0]}"));
        Assert.Equal(["a m 2"], one.List("MetricDataResults").Select(result => $"{result!["Id"]} {result["Label"]} {result["Values"]![0]}"));
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData("aZ_9", null)]
    [InlineData("A", "ValidationError")]
    [InlineData("1", "ValidationError")]
    [InlineData("a-b", "ValidationError")]
    [InlineData("a\n", "ValidationError")]
    [InlineData("", "ValidationError")]
    public async Task An_id_starts_with_a_small_letter(string id, string? code)
    {
        await using var local = await Local.StartAsync();

        Assert.Equal(code, (await local.CallAsync(Wire.Query, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query(id)))).Code);
    }

    [Fact]
    public async Task Up_to_500_queries_with_different_ids_are_answered()
    {
        await using var local = await Local.StartAsync();

        var most = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Queries(500)));
        var more = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Queries(501)));
        var none = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9)));
        var twice = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a"), Data.Query("a")));

        Assert.Equal(500, most.List("MetricDataResults").Count);
        Assert.Equal(("InvalidParameterValue", "MissingParameter", "ValidationError"), (more.Code, none.Code, twice.Code));

        static JsonObject[] Queries(int count) => [.. Enumerable.Range(0, count).Select(i => Data.Query($"q{i}"))];
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task An_expression_is_computed_over_the_queries_it_names(Wire wire)
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(wire, Data.Datum(6, Noon), Data.Datum(8, Noon.AddSeconds(20)), Data.Datum(2, Noon, name: "n"));

        var reply = await local.CallAsync(wire, "GetMetricData", Data.MetricData(
            Noon,
            Noon.AddSeconds(30),
            Expression("sum", "SUM(METRICS())"),
            Expression("ratio", "a / b").With("Label", "mine"),
            Data.Query("a").With("ReturnData", false),
            Data.Query("b", name: "n").With("ReturnData", false),
            Expression("twice", "ratio * 2"),
            Expression("both", "[a, b]")).With("ScanBy", "TimestampAscending"));

        Assert.Equal(
            ["sum sum 8 8", "ratio mine 3", "twice twice 6", "both both 6 8", "both both 2"],
            reply.List("MetricDataResults").Select(result => $"{result!["Id"]} {result["Label"]} {string.Join(' ', result["Values"]!.AsArray())}"));
        Assert.Equal([Noon, Noon.AddSeconds(20)], reply.List("MetricDataResults")[0]!["Timestamps"]!.AsArray().Select(Reply.Time));
    }

    [Theory]
    [InlineData("a * ", "Error in expression 'e' at position 5: the expression ends")]
    [InlineData("AVG(a)", "Error in expression 'e': it gives a number")]
    [InlineData("e + a", "Error in expression 'e' at position 1: it depends on itself")]
    public async Task A_mistake_in_an_expression_is_explained(string expression, string message)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a"), Expression("e", expression)));

        Assert.Equal("ValidationError", reply.Code);
        Assert.StartsWith(message, reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxDatapoints", 0)]
    [InlineData("MaxDatapoints", 100_801)]
    [InlineData("ScanBy", "Sideways")]
    public async Task A_wrong_parameter_is_refused(string member, object value)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.CallAsync(Wire.Json, "GetMetricData", Data.MetricData(Noon, Noon.AddSeconds(9), Data.Query("a")).With(member, JsonValue.Create(value)));

        Assert.Equal("InvalidParameterValue", reply.Code);
    }

    private static List<string> Points(Reply reply) =>
    [
        .. reply.List("MetricDataResults").SelectMany(result => result!["Timestamps"] is JsonArray times
            ? times.Select(time => $"{result["Id"]} {result["Label"]} {Reply.Time(time):O}")
            : []),
    ];

    private static JsonObject Expression(string id, string text) => new() { ["Id"] = id, ["Expression"] = text };
}
