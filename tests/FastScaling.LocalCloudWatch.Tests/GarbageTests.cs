using System.Net;
using System.Text;
using CsCheck;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Whatever is sent, the server answers, and never blames itself.</summary>
public sealed class GarbageTests
{
    private static readonly string[] Operations =
    [
        "PutMetricData", "GetMetricData", "GetMetricStatistics", "ListMetrics", "Nothing", "", "PutMetricAlarm", "DescribeAlarms",
        "DescribeAlarmsForMetric", "DescribeAlarmHistory", "SetAlarmState", "DeleteAlarms", "EnableAlarmActions", "DisableAlarmActions",
    ];

    private static readonly string[] Words =
    [
        "MetricData", "MetricDataQueries", "MetricStat", "Metric", "Namespace", "MetricName", "Dimensions", "Name", "Value", "Values", "Counts",
        "StatisticValues", "Timestamp", "StartTime", "EndTime", "Period", "Statistics", "ExtendedStatistics", "Unit", "NextToken", "member", "1", "2", "-1",
        "Id", "Stat", "ScanBy", "MaxDatapoints", "Sum", "p99", "p100.5", "a", "Tests", "60", "1e999", "-1e-999", "NaN", "Infinity", "null", "true", "\\ud800",
        "99999999999999999999", "2026-11-23T12:00:00Z", "0001-01-01", "9999-12-31T23:59:59.9999999-14:00", "1795442400", "-62135596801", "253402300800", "%", "%zz",
        "AlarmName", "AlarmNames", "Metrics", "Expression", "ReturnData", "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator",
        "TreatMissingData", "StateValue", "StateReason", "StateReasonData", "AlarmActions", "OKActions", "MaxRecords", "StartDate", "EndDate", "HistoryItemType",
        "ALARM", "GreaterThanThreshold", "ignore", "m1+m2", "IF(m1", "m1", "10", "Statistic", "Average", "ActionsEnabled", "arn:a:b",
        "+", "\u0000", "ü", "QQ==", "MHwwfDB8", "MQ", "{", "}", "[", "]", ":", ",", "\"", "=", "&", ".", "",
    ];

    private static readonly string[] Literals = ["null", "true", "false", "1e999", "-1e999", "[]", "{}"];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(i => Words[i]);

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (2, inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]")),
            (4, Gen.Select(Word, inner).Array[0, 6].Select(members => $"{{{string.Join(',', members.Select(member => $"\"{Escape(member.Item1)}\":{member.Item2}"))}}}"))));

    private static readonly Gen<string> FormBody = Gen.Select(Word.Array[1, 9], Word).Array[0, 12].Select(pairs => string.Join('&', pairs.Select(pair => $"{string.Join('.', pair.Item1)}={pair.Item2}")));

    private static readonly Gen<byte[]> Bytes = Gen.Frequency(
        (1, Gen.Byte.Array[0, 400]),
        (2, Word.Array[0, 40].Select(words => Encoding.UTF8.GetBytes(string.Concat(words)))),
        (3, Json.Select(Encoding.UTF8.GetBytes)),
        (3, CborBody),
        (1, CborBody.Select(static body => body[..(body.Length / 2)])),
        (3, FormBody.Select(Encoding.UTF8.GetBytes)),
        (2, Gen.Select(FormBody, Gen.Int[0, Operations.Length - 1]).Select((body, i) => Encoding.UTF8.GetBytes($"Action={Operations[i]}&Version=2010-08-01&Namespace=Tests&{body}"))));

    // Any JSON has a CBOR of the same meaning.
    private static Gen<byte[]> CborBody => Json.Select(static text =>
    {
        try
        {
            return System.Text.Json.Nodes.JsonNode.Parse(text) is System.Text.Json.Nodes.JsonObject input ? Cbor.Of(input) : Encoding.UTF8.GetBytes(text);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return Encoding.UTF8.GetBytes(text);
        }
    });

    private static Gen<string> Scalar => Gen.OneOf(
        Word.Select(word => $"\"{Escape(word)}\""),
        Gen.Double.Select(value => double.IsFinite(value) ? value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "0"),
        Gen.Int.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Int[0, Literals.Length - 1].Select(i => Literals[i]));

    [Fact]
    public async Task Garbage_is_answered_and_never_with_a_server_error()
    {
        await using var local = await Local.StartAsync();

        await Gen.Select(Bytes, Gen.Enum<Wire>(), Gen.Int[0, Operations.Length - 1], Gen.Int[0, 2]).SampleAsync(
            async (body, wire, operation, encoding) =>
            {
                using var request = Local.Request(wire, Operations[operation], encoding == 1 ? Local.Gzip(body) : body, gzip: encoding > 0);
                using var response = await local.Http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{response.StatusCode} for {Encoding.UTF8.GetString(body)}");

                // The reply must be readable as well: XML and JSON have characters they cannot carry.
                var reply = await Reply.ReadAsync(response);
                Assert.True(reply.IsOk || reply.Code is not null);
            },
            iter: Depth.Of(4000),
            threads: 2);

        // What the garbage managed to store, if anything, can still be shown.
        using var page = await local.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static string Escape(string text) =>
        text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\u0000", "\\u0000", StringComparison.Ordinal);
}
