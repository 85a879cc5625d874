using System.Formats.Cbor;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>
/// Damaged calls of every operation in every protocol, as near to the socket as is possible without one; <see cref="GarbageTests"/> has a few of them
/// with one. A seed says all of an input. `.ci/nightly fuzz` tries a million.
/// </summary>
public sealed class FuzzTests
{
    // What a call may allocate: a body may be a megabyte long, and a reply several times that.
    private const long MostBytes = 100_000_000;

    // What garbage has stored must not make the calls after it slow.
    private const int CallsOfServer = 500;

    private static readonly Wire[] Wires = Enum.GetValues<Wire>();

    private static readonly (string Operation, JsonObject Input)[] Calls =
    [
        ("PutMetricData", Data.Put(Data.Datum(1, TestClock.Noon, unit: "Count"), Data.Datum(2.5, name: "n").With("Dimensions", Data.Dimensions(("a", "b"), ("c", "d"))))),
        ("PutMetricData", Data.Put(Data.Datum(null).With("Values", Data.Numbers([1, 2.5, 3])).With("Counts", Data.Numbers([1, 7, 2])))),
        ("PutMetricData", Data.Put(Data.Datum(null, TestClock.Noon).With("StatisticValues", Data.Set(3, 6, 1, 3)))),
        ("GetMetricStatistics", Data.Statistics(TestClock.Noon.AddHours(-1), TestClock.Noon.AddHours(1), 10, ["Sum", "Average"], ["p99", "p50.5"])),
        ("GetMetricData", Data.MetricData(TestClock.Noon.AddHours(-1), TestClock.Noon.AddHours(1), Data.Query("m1"), Data.Query("m2", "p90", name: "n"), Expression("e1", "IF(m1 > 3, m1 + m2, FILL(m2, 0))"))),
        ("GetMetricData", Data.MetricData(TestClock.Noon.AddMinutes(-3), TestClock.Noon.AddMinutes(3), Data.Query("m1", "Average", 1), Expression("e1", "SUM(METRICS()) / MAX([m1, RATE(m1)])"), Expression("e2", "e1 * -2 ^ 2"))),
        ("ListMetrics", new JsonObject { ["Namespace"] = "Tests", ["MetricName"] = "m", ["Dimensions"] = Data.Dimensions(("a", "b")) }),
        ("PutMetricAlarm", Data.Alarm()),
        ("PutMetricAlarm", Data.Alarm("b").With("DatapointsToAlarm", 1).With("TreatMissingData", "breaching").With("AlarmActions", Data.Strings("arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:x"))),
        ("DescribeAlarms", new JsonObject { ["AlarmNames"] = Data.Strings("a", "b"), ["MaxRecords"] = 10, ["StateValue"] = "ALARM" }),
        ("DescribeAlarms", new JsonObject { ["AlarmNamePrefix"] = "a" }),
        ("DescribeAlarmsForMetric", new JsonObject { ["Namespace"] = "Tests", ["MetricName"] = "m", ["Statistic"] = "Average", ["Period"] = 10 }),
        ("DescribeAlarmHistory", new JsonObject { ["AlarmName"] = "a", ["HistoryItemType"] = "StateUpdate", ["MaxRecords"] = 5, ["ScanBy"] = "TimestampAscending" }),
        ("SetAlarmState", new JsonObject { ["AlarmName"] = "a", ["StateValue"] = "ALARM", ["StateReason"] = "r", ["StateReasonData"] = """{"recentDatapoints":[1.0,2.0]}""" }),
        ("DeleteAlarms", new JsonObject { ["AlarmNames"] = Data.Strings("a") }),
        ("DisableAlarmActions", new JsonObject { ["AlarmNames"] = Data.Strings("a", "b") }),
    ];

    private static readonly byte[][] Words =
    [
        .. ((string[])[
            "{", "}", "[", "]", "\"", ":", ",", "\\u0000", "\\ud800", "null", "true", "NaN", "1e999", "-1", "0", "99999999999999999999", "1e-400", "&", "=", ".", "%", "%zz", "%00",
            "member.1", ".member.", "MetricData", "Values", "Counts", "Timestamp", "Value", "Dimensions", "Name", "Expression", "Period", "AlarmName", "NextToken", "(", ")", "METRICS()",
            "m1+", "IF(", "FILL(m1,REPEAT)", "2026-11-23T12:00:00Z", "1795442400", "\uFFFD", "ü",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0x00], [0x9F], [0xBF], [0x5F], [0x7F], [0xDB, 0xFF, 0xFF, 0xFF, 0xFF], [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xC1, 0xFB, 0x7F, 0xF0, 0, 0, 0, 0, 0, 0], [0xF9, 0x7E, 0x00], [0xF6], [0xF7], [0xE0], [0x1F, 0x8B],
    ];

    private static readonly JsonNode?[] Scalars =
        [null, true, 0, -1, 1e308, 1.5, 86_401, "", "a", "NaN", "p100", "2026-11-23T12:00:00Z", -62_135_596_801.0, 253_402_300_800.0, "\u0000", "ALARM", "m1", "SUM(METRICS())", "1-1-1"];

    [Fact]
    public void A_damaged_call_is_answered_in_its_protocol_and_never_with_a_server_error()
    {
        using var servers = new ThreadLocal<(Handled Server, int Calls)>(static () => (new Handled(), 0));
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var (server, calls) = servers.Value;
                servers.Value = calls < CallsOfServer ? (server, calls + 1) : (new Handled(), 0);
                Try(server, new Random(seed));
            },
            iter: Depth.Of(3000));
    }

    [Fact]
    public void A_damaged_expression_is_refused_or_computed() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var text = new string(Damage.Of(Expressions[random.Next(Expressions.Length)].ToCharArray(), Tokens, random));
            var types = new MathTypes(Ids.ToDictionary(static id => id, static _ => MathType.Series), Ids);
            try
            {
                var node = MathParser.Parse(text);
                types.Of(node);
                var values = Ids.ToDictionary(static id => id, static _ => MathValue.Series([1, double.NaN, -2, 1e300]));
                var value = new MathEvaluator(values, Ids, 4, 10).Of(node);
                Assert.All(value.Rows.SelectMany(static row => row), static point => Assert.True(double.IsFinite(point) || double.IsNaN(point)));
            }
            catch (MathException error)
            {
                Assert.InRange(error.Position, 1, text.Length + 1);
            }
        },
        iter: Depth.Of(5000));

    private static string[] Ids { get; } = ["m1", "m2", "m3"];

    private static string[] Expressions { get; } =
    [
        "IF(m1 > 3 AND m2 <= 1, m1 + m2 * 2 ^ -m3, FILL(m2, 0))", "SUM([m1, m2, m3]) / AVG(METRICS('m'))", "RATE(m1) - DIFF(m2) + RUNNING_SUM(m3)",
        "TIME_SERIES(MAX(m1)) || (m2 == 3 && m3 != -1)", "FILL(METRICS(), REPEAT) > FILL(m1, LINEAR)", "LOG10(ABS(CEIL(m1) + FLOOR(m2))) * PERIOD(m1) + DATAPOINT_COUNT(m2)",
    ];

    private static char[][] Tokens { get; } =
        [.. ((string[])["(", ")", "[", "]", ",", "+", "-", "^", "&&", "AND", " ", "m1", "m9", "1e308", ".", "1.5", "\"", "'", "IF(", "METRICS()", "FILL(", "STDDEV(", "NOT", "\0", "ü", ">=", "=="]).Select(static text => text.ToCharArray())];

    private static JsonObject Expression(string id, string expression) => new() { ["Id"] = id, ["Expression"] = expression };

    private static void Try(Handled server, Random random)
    {
        var (operation, input) = Calls[random.Next(Calls.Length)];
        var wire = Wires[random.Next(Wires.Length)];

        // Half is damaged in its structure, so that it still can be decoded; most of the rest in its bytes.
        var damaged = (JsonObject)input.DeepClone();
        var isStructural = random.Next(2) == 0;
        for (var left = isStructural ? random.Next(1, 4) : 0; left > 0; left--)
        {
            Bend(damaged, random);
        }

        byte[] body;
        try
        {
            body = Local.Body(wire, operation, damaged);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            // The tests' own encoder takes less than the wire does.
            body = Encoding.UTF8.GetBytes(damaged.ToJsonString());
        }

        body = isStructural ? body : Damage.Of(body, Words, random);
        var gzip = random.Next(8) == 0;
        body = gzip ? Local.Gzip(body) : body;
        body = gzip && random.Next(2) == 0 ? Damage.Of(body, Words, random) : body;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (status, type, reply) = server.Call(wire, operation, body, gzip);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(status is HttpStatusCode.OK or (>= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError), $"{status}: {Encoding.UTF8.GetString(reply)}");
        Assert.InRange(allocated, 0, MostBytes);
        AssertReadable(type, reply);
        if (random.Next(50) == 0)
        {
            server.Pass(TimeSpan.FromSeconds(random.Next(30)));
            Assert.Contains("</html>", server.Page(), StringComparison.Ordinal);
        }
    }

    private static void AssertReadable(string type, byte[] reply)
    {
        switch (type.Split(';')[0])
        {
            case "text/xml":
                using (var stream = new MemoryStream(reply))
                {
                    XElement.Load(stream);
                }

                break;
            case "application/cbor":
                var reader = new CborReader(reply, CborConformanceMode.Lax);
                reader.SkipValue();
                Assert.Equal(0, reader.BytesRemaining);
                break;
            default:
                Assert.Equal("application/x-amz-json-1.0", type);
                JsonDocument.Parse(reply).Dispose();
                break;
        }
    }

    /// <summary>One damage to a random place of a structure.</summary>
    private static void Bend(JsonObject root, Random random)
    {
        JsonNode node = root;
        while (random.Next(4) > 0 && Children(node) is { Count: > 0 } children && children[random.Next(children.Count)] is { } child and not JsonValue)
        {
            node = child;
        }

        switch (node)
        {
            case JsonObject members when members.Count > 0:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                var old = members[name];
                members.Remove(name);
                if (random.Next(4) is var kind and > 0)
                {
                    members[kind == 1 ? Name(random) : name] = kind == 3 ? Value(random) : old;
                }

                break;
            case JsonArray { Count: > 0 } items when random.Next(2) == 0:
                var item = items[random.Next(items.Count)];
                for (var left = random.Next(random.Next(20) == 0 ? 1200 : 4); left >= 0; left--)
                {
                    items.Add(item?.DeepClone());
                }

                break;
            case JsonArray items:
                items.Add(Value(random));
                break;
        }
    }

    private static List<JsonNode?> Children(JsonNode node) => node switch
    {
        JsonObject members => [.. members.Select(static member => member.Value)],
        JsonArray items => [.. items],
        _ => [],
    };

    private static string Name(Random random)
    {
        var input = Calls[random.Next(Calls.Length)].Input;
        return input.ElementAt(random.Next(input.Count)).Key;
    }

    private static JsonNode? Value(Random random)
    {
        JsonNode? value = Scalars[random.Next(Scalars.Length)]?.DeepClone();
        for (var depth = random.Next(4) == 0 ? random.Next(random.Next(10) == 0 ? 60 : 3) : 0; depth > 0; depth--)
        {
            value = random.Next(2) == 0 ? new JsonArray(value) : new JsonObject { [Name(random)] = value };
        }

        return random.Next(10) == 0
            ? new string((char)random.Next(0x20, 0x2FF), random.Next(3000))
            : random.Next(10) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture) : value;
    }
}
