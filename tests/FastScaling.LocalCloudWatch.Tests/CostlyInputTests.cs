using System.Diagnostics;
using System.Net;
using System.Text;
using FastScaling.LocalCloudWatch.MetricMath;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Bodies as long as the limit allows, of a kind on which careless readers take the square of their length, or more stack than there is.</summary>
public sealed class CostlyInputTests
{
    private const int Limit = 1_048_576;

    // A few milliseconds each when the machine is free; a reader that takes the square of a megabyte takes hours.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static Dictionary<string, Func<byte[]>> Makers { get; } = new()
    {
        ["nested lists"] = static () => Repeat("["),
        ["nested structures"] = static () => Repeat("{\"MetricData\":"),
        ["a long list"] = static () => Around("{\"Namespace\":\"n\",\"MetricData\":[", "{},", "{}]}"),
        ["many members"] = static () => Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 60_000).Select(static i => $"\"MetricData{i}\":1")) + "}"),
        ["one member again and again"] = static () => Around("{", "\"MetricData\":[1],", "\"Namespace\":\"n\"}"),
        ["one long text"] = static () => Around("{\"Namespace\":\"", "\\u0041", "\"}"),
        ["nested CBOR lists"] = static () => Fill(0x81),
        ["open CBOR lists"] = static () => Fill(0x9F),
        ["nested CBOR maps"] = static () => [.. Enumerable.Repeat((byte[])[0xA1, 0x61, 0x61], Limit / 3).SelectMany(static part => part)],
        ["nested CBOR tags"] = static () => Fill(0xC1),
        ["CBOR text in pieces"] = static () => [0xA1, 0x7F, .. Enumerable.Repeat((byte[])[0x61, 0x61], (Limit / 2) - 4).SelectMany(static part => part), 0xFF, 0x01],
        ["a CBOR list that lies about its length"] = static () => [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ["many parameters"] = static () => Encoding.UTF8.GetBytes("Action=PutMetricData&Version=2010-08-01&" + string.Join('&', Enumerable.Range(0, 60_000).Select(static i => $"p{i}=1"))),
        ["a list from its end"] = static () => Encoding.UTF8.GetBytes("Action=DeleteAlarms&Version=2010-08-01&" + string.Join('&', Enumerable.Range(0, 36_000).Select(static i => $"AlarmNames.member.{99_999 - i}=a"))),
        ["a list of equal numbers"] = static () => Encoding.UTF8.GetBytes("Action=DeleteAlarms&Version=2010-08-01&" + string.Join('&', Enumerable.Range(1, 5000).Select(static i => $"AlarmNames.member.{new string('0', i % 150)}{(i / 150) + 1}=a"))),
        ["a deep path"] = static () => Around("Action=PutMetricData&Version=2010-08-01&a", ".a", "=1"),
        ["only separators"] = static () => Repeat("&="),
        ["only escapes"] = static () => Repeat("%41"),
    };

    public static TheoryData<Wire, string> Inputs { get; } = new(
        from wire in Enum.GetValues<Wire>()
        from kind in Makers.Keys
        select (wire, kind));

    [Theory]
    [MemberData(nameof(Inputs))]
    public void The_longest_bodies_are_answered_soon(Wire wire, string kind)
    {
        var body = Makers[kind]();
        Assert.InRange(body.Length, 1, Limit);
        var server = new Handled();
        var watch = Stopwatch.StartNew();

        var (status, _, _) = server.Call(wire, "PutMetricData", body, gzip: false);

        Assert.InRange(status, HttpStatusCode.BadRequest, (HttpStatusCode)499);
        Assert.True(watch.Elapsed < Longest, $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void A_small_body_that_inflates_to_gigabytes_is_refused_before_it_has()
    {
        var bomb = Local.Gzip(Local.Gzip(new byte[50_000_000]));
        var zeros = Local.Gzip(new byte[200_000_000]);
        Assert.True(bomb.Length < Limit && zeros.Length < Limit);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, new Handled().Call(Wire.Json, "PutMetricData", zeros, gzip: true).Status);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * Limit);
    }

    [Theory]
    [InlineData("+m1")]
    [InlineData(",m1")]
    [InlineData("||m1")]
    [InlineData("^m1")]
    [InlineData("-")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("IF(")]
    public void The_longest_expressions_are_computed_or_refused_and_longer_ones_refused(string part)
    {
        foreach (var length in (int[])[MathParser.LongestText, MathParser.LongestText + 100, 1_000_000])
        {
            var text = "m1" + string.Concat(Enumerable.Repeat(part, length / part.Length));
            try
            {
                var node = MathParser.Parse(text[..Math.Min(length, text.Length)]);
                new MathTypes(new Dictionary<string, MathType> { ["m1"] = MathType.Series }, ["m1"]).Of(node);
                new MathEvaluator(new Dictionary<string, MathValue> { ["m1"] = MathValue.Series([1]) }, ["m1"], 1, 10).Of(node);
                Assert.True(length <= MathParser.LongestText);
            }
            catch (MathException error)
            {
                Assert.InRange(error.Position, 1, MathParser.LongestText + 1);
            }
        }
    }

    private static byte[] Repeat(string part) => Around("", part, "");

    private static byte[] Around(string before, string part, string after) =>
        Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(part, (Limit - before.Length - after.Length) / part.Length)) + after);

    private static byte[] Fill(byte value)
    {
        var body = new byte[Limit];
        Array.Fill(body, value);
        return body;
    }
}
