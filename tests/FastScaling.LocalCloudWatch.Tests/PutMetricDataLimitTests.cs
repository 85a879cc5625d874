using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Every limit at its edge, which is accepted, and one step beyond, which is refused with CloudWatch's code.</summary>
public sealed class PutMetricDataLimitTests
{
    private const string Value = "InvalidParameterValue";
    private const string Combination = "InvalidParameterCombination";
    private const string Missing = "MissingParameter";

    private static readonly double Largest = Math.ScaleB(1, 360);

    private static readonly Dictionary<string, (Func<JsonObject> Input, string? Code)> Cases = new()
    {
        ["1 datum"] = (() => Data.Put(Data.Datum()), null),
        ["1000 data"] = (() => Data.Put([.. Enumerable.Range(0, 1000).Select(_ => Data.Datum())]), null),
        ["1001 data"] = (() => Data.Put([.. Enumerable.Range(0, 1001).Select(_ => Data.Datum())]), Value),
        ["no data"] = (() => Data.Put(), Missing),
        ["no list of data"] = (() => new JsonObject { ["Namespace"] = "Tests" }, Missing),
        ["no namespace"] = (() => new JsonObject { ["MetricData"] = new JsonArray(Data.Datum()) }, Missing),
        ["namespace of 255"] = (() => Data.Put(Data.Datum()).With("Namespace", new string('n', 255)), null),
        ["namespace of 256"] = (() => Data.Put(Data.Datum()).With("Namespace", new string('n', 256)), Value),
        ["empty namespace"] = (() => Data.Put(Data.Datum()).With("Namespace", ""), Value),
        ["every character of a namespace"] = (() => Data.Put(Data.Datum()).With("Namespace", "aZ09 .-_/#:"), null),
        ["namespace with a plus"] = (() => Data.Put(Data.Datum()).With("Namespace", "a+b"), Value),
        ["namespace with a letter beyond ASCII"] = (() => Data.Put(Data.Datum()).With("Namespace", "größe"), Value),
        ["blank namespace"] = (() => Data.Put(Data.Datum()).With("Namespace", "  "), Value),
        ["namespace with a leading colon"] = (() => Data.Put(Data.Datum()).With("Namespace", ":a"), Value),
        ["namespace AWS/"] = (() => Data.Put(Data.Datum()).With("Namespace", "AWS/ECS"), Value),
        ["namespace AWS"] = (() => Data.Put(Data.Datum()).With("Namespace", "AWS"), null),
        ["no metric name"] = (() => Data.Put(new JsonObject { ["Value"] = 1 }), Missing),
        ["metric name of 255"] = (() => Data.Put(Data.Datum(name: new string('m', 255))), null),
        ["metric name of 256"] = (() => Data.Put(Data.Datum(name: new string('m', 256))), Value),
        ["empty metric name"] = (() => Data.Put(Data.Datum(name: "")), Value),
        ["metric name with a control character"] = (() => Data.Put(Data.Datum(name: "a\u0001b")), Value),
        ["30 dimensions"] = (() => Dimensions([.. Enumerable.Range(0, 30).Select(i => ($"d{i}", "v"))]), null),
        ["31 dimensions"] = (() => Dimensions([.. Enumerable.Range(0, 31).Select(i => ($"d{i}", "v"))]), Value),
        ["a dimension twice"] = (() => Dimensions(("d", "1"), ("d", "2")), Value),
        ["dimensions that differ in case"] = (() => Dimensions(("d", "1"), ("D", "2")), null),
        ["dimension name of 255"] = (() => Dimensions((new string('d', 255), "v")), null),
        ["dimension name of 256"] = (() => Dimensions((new string('d', 256), "v")), Value),
        ["empty dimension name"] = (() => Dimensions(("", "v")), Value),
        ["blank dimension name"] = (() => Dimensions((" ", "v")), Value),
        ["dimension name with a leading colon"] = (() => Dimensions((":d", "v")), Value),
        ["dimension name with a colon inside"] = (() => Dimensions(("d:d", "v")), null),
        ["dimension name beyond ASCII"] = (() => Dimensions(("dü", "v")), Value),
        ["dimension name with a control character"] = (() => Dimensions(("d\t", "v")), Value),
        ["dimension value of 1024"] = (() => Dimensions(("d", new string('v', 1024))), null),
        ["dimension value of 1025"] = (() => Dimensions(("d", new string('v', 1025))), Value),
        ["empty dimension value"] = (() => Dimensions(("d", "")), Value),
        ["blank dimension value"] = (() => Dimensions(("d", "  ")), Value),
        ["dimension value beyond ASCII"] = (() => Dimensions(("d", "é")), Value),
        ["dimension value with DEL"] = (() => Dimensions(("d", "a\u007f")), Value),
        ["dimension value of signs"] = (() => Dimensions(("d", "k&=+ %\"<'~")), null),
        ["dimension without a value"] = (() => Data.Put(Data.Datum().With("Dimensions", new JsonArray(new JsonObject { ["Name"] = "d" }))), Missing),
        ["dimension without a name"] = (() => Data.Put(Data.Datum().With("Dimensions", new JsonArray(new JsonObject { ["Value"] = "v" }))), Missing),
        ["no value at all"] = (() => Data.Put(Data.Datum(null)), Missing),
        ["Value and Values"] = (() => Data.Put(Data.Datum().With("Values", Data.Numbers([1]))), Combination),
        ["Value and StatisticValues"] = (() => Data.Put(Data.Datum().With("StatisticValues", Data.Set(1, 1, 1, 1))), Combination),
        ["Values and StatisticValues"] = (() => Values([1, 3]).WithSet(Data.Set(2, 4, 1, 3)), null),
        ["Values and wrong StatisticValues"] = (() => Values([1, 3]).WithSet(Data.Set(2, 4, 3, 1)), Value),
        ["150 Values"] = (() => Values(Enumerable.Range(0, 150).Select(i => (double)i)), null),
        ["151 Values"] = (() => Values(Enumerable.Range(0, 151).Select(i => (double)i)), Value),
        ["Counts of the same length"] = (() => Values([1, 2], [3, 0.5]), null),
        ["Counts of zero"] = (() => Values([1, 2], [0, 0]), null),
        ["fewer Counts"] = (() => Values([1, 2], [1]), Value),
        ["more Counts"] = (() => Values([1, 2], [1, 1, 1]), Value),
        ["a negative count"] = (() => Values([1], [-1]), Value),
        ["Counts without Values"] = (() => Data.Put(Data.Datum(null).With("Counts", Data.Numbers([1]))), Combination),
        ["Counts with Value"] = (() => Data.Put(Data.Datum().With("Counts", Data.Numbers([1]))), Combination),
        ["2^360"] = (() => Data.Put(Data.Datum(Largest)), null),
        ["-2^360"] = (() => Data.Put(Data.Datum(-Largest)), null),
        ["beyond 2^360"] = (() => Data.Put(Data.Datum(Math.BitIncrement(Largest))), Value),
        ["beyond -2^360"] = (() => Data.Put(Data.Datum(Math.BitDecrement(-Largest))), Value),
        ["beyond 2^360 in Values"] = (() => Values([1, Math.BitIncrement(Largest)]), Value),
        ["NaN"] = (() => Data.Put(Data.Datum(null).With("Value", "NaN")), Value),
        ["Infinity"] = (() => Data.Put(Data.Datum(null).With("Value", "Infinity")), Value),
        ["-Infinity"] = (() => Data.Put(Data.Datum(null).With("Value", "-Infinity")), Value),
        ["NaN in Values"] = (() => Data.Put(Data.Datum(null).With("Values", Data.Strings("NaN"))), Value),
        ["resolution 60"] = (() => Data.Put(Data.Datum().With("StorageResolution", 60)), null),
        ["resolution 0"] = (() => Data.Put(Data.Datum().With("StorageResolution", 0)), Value),
        ["resolution 5"] = (() => Data.Put(Data.Datum().With("StorageResolution", 5)), Value),
        ["resolution -1"] = (() => Data.Put(Data.Datum().With("StorageResolution", -1)), Value),
        ["unit Count/Second"] = (() => Data.Put(Data.Datum(unit: "Count/Second")), null),
        ["unit in lower case"] = (() => Data.Put(Data.Datum(unit: "count")), Value),
        ["unit out of thin air"] = (() => Data.Put(Data.Datum(unit: "Minutes")), Value),
        ["two weeks ago"] = (() => Data.Put(Data.Datum(at: TestClock.Noon.AddDays(-14))), null),
        ["more than two weeks ago"] = (() => Data.Put(Data.Datum(at: TestClock.Noon.AddDays(-14).AddSeconds(-1))), Value),
        ["two hours ahead"] = (() => Data.Put(Data.Datum(at: TestClock.Noon.AddHours(2))), null),
        ["more than two hours ahead"] = (() => Data.Put(Data.Datum(at: TestClock.Noon.AddHours(2).AddSeconds(1))), Value),
        ["statistic set"] = (() => Set(Data.Set(2, 4, 1, 3)), null),
        ["statistic set of no samples"] = (() => Set(Data.Set(0, 0, 0, 0)), Value),
        ["statistic set upside down"] = (() => Set(Data.Set(2, 4, 3, 1)), Value),
        ["statistic set without a sum"] = (() => Set(new JsonObject { ["SampleCount"] = 1, ["Minimum"] = 1, ["Maximum"] = 1 }), Missing),
        ["statistic set beyond 2^360"] = (() => Set(Data.Set(1, Math.BitIncrement(Largest), 1, 1)), Value),
        ["entity data"] = (() => Data.Put(Data.Datum()).With("EntityMetricData", new JsonArray(new JsonObject { ["MetricData"] = new JsonArray(Data.Datum()) })), Value),
    };

    public static TheoryData<Wire, string> AllCases()
    {
        var cases = new TheoryData<Wire, string>();
        foreach (var name in Cases.Keys)
        {
            cases.Add(Wire.Json, name);
            cases.Add(Wire.Query, name);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(AllCases))]
    public async Task A_limit_is_kept_at_its_edge_and_refused_beyond(Wire wire, string name)
    {
        await using var local = await Local.StartAsync();
        var (input, code) = Cases[name];

        var reply = await local.CallAsync(wire, "PutMetricData", input());

        Assert.Equal((code is null ? 200 : 400, code), ((int)reply.Status, reply.Code));
        var expected = code is null && name != "Counts of zero" ? 1 : 0;
        Assert.Equal(expected, local.Server.GetSeries().Count);
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task One_wrong_datum_refuses_all(Wire wire)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.PutAsync(wire, Data.Datum(name: "good"), Data.Datum(Math.ScaleB(1, 361), name: "bad"), Data.Datum(name: "good too"));

        Assert.Equal("InvalidParameterValue", reply.Code);
        Assert.Contains("MetricData.member.2.Value", reply.Message, StringComparison.Ordinal);
        Assert.Empty(local.Server.GetSeries());
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task Too_many_values_are_refused_in_the_words_of_CloudWatch(Wire wire)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.CallAsync(wire, "PutMetricData", Values(Enumerable.Range(0, 151).Select(i => (double)i)));

        Assert.Equal("The collection MetricData.member.1.Values must not have a size greater than 150.", reply.Message);
    }

    private static JsonObject Dimensions(params (string, string)[] dimensions) =>
        Data.Put(Data.Datum().With("Dimensions", Data.Dimensions(dimensions)));

    private static JsonObject Values(IEnumerable<double> values, IEnumerable<double>? counts = null)
    {
        var datum = Data.Datum(null).With("Values", Data.Numbers(values));
        return Data.Put(counts is null ? datum : datum.With("Counts", Data.Numbers(counts)));
    }

    private static JsonObject Set(JsonObject set) => Data.Put(Data.Datum(null).With("StatisticValues", set));
}
