using System.Text;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class ReplyClassifierTests
{
    private const string Html = "<html><body>503 Service Temporarily Unavailable</body></html>";

    [Fact]
    public void A_200_of_CloudWatch_is_accepted() =>
        Assert.Equal(new SendResult(SendOutcome.Accepted, string.Empty), Classify(200, "{}", ("X-AMZN-REQUESTID", "1")));

    [Theory]
    [InlineData("{}")]
    [InlineData(Html)]
    [InlineData("")]
    public void A_200_of_something_else_is_a_failure(string body) => Assert.Equal(SendOutcome.Failed, Classify(200, body).Outcome);

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    public void A_status_that_can_pass_is_a_failure_whatever_the_body(int status)
    {
        foreach (var body in (string[])["", "{}", Html, """{"__type":"ValidationException"}"""])
        {
            Assert.Equal(SendOutcome.Failed, Classify(status, body, ("x-amzn-RequestId", "1")).Outcome);
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(431)]
    [InlineData(499)]
    public void Other_statuses_of_4xx_are_refusals_whatever_the_body(int status)
    {
        foreach (var body in (string[])["", "{}", Html, "[1]", "\"x\"", """{"__type":1}""", """{"__type":null}"""])
        {
            Assert.Equal(new SendResult(SendOutcome.Refused, $"status {status}"), Classify(status, body));
        }
    }

    [Theory]
    [InlineData("Throttling")]
    [InlineData("ThrottlingException")]
    [InlineData("ThrottledException")]
    [InlineData("RequestLimitExceeded")]
    [InlineData("TooManyRequestsException")]
    [InlineData("SlowDown")]
    [InlineData("RequestTimeout")]
    [InlineData("RequestTimeoutException")]
    [InlineData("RequestTimeTooSkewed")]
    [InlineData("ExpiredToken")]
    [InlineData("ExpiredTokenException")]
    public void Codes_that_can_pass_are_failures(string code) => HasCode(code, SendOutcome.Failed);

    [Theory]
    [InlineData("InvalidParameterValue")]
    [InlineData("InvalidParameterCombination")]
    [InlineData("MissingParameter")]
    [InlineData("ValidationException")]
    [InlineData("SerializationException")]
    [InlineData("UnknownOperationException")]
    [InlineData("throttling")]
    public void Other_codes_are_refusals(string code) => HasCode(code, SendOutcome.Refused);

    [Fact]
    public void The_code_of_the_query_protocol_comes_before_that_of_the_body() =>
        Assert.Equal(
            new SendResult(SendOutcome.Failed, "status 400 Throttling"),
            Classify(400, """{"__type":"InvalidParameterValueException"}""", ("x-amzn-query-error", "Throttling;Sender")));

    [Theory]
    [InlineData("a b")]
    [InlineData("x\r\nInjected: line")]
    [InlineData("<script>")]
    [InlineData("{Placeholder}")]
    [InlineData("Ünicode")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/x, Signature=abc")]
    public void A_hostile_code_never_reaches_the_reason(string code)
    {
        var expected = new SendResult(SendOutcome.Refused, "status 400");

        Assert.Equal(expected, Classify(400, string.Empty, ("x-amzn-query-error", code)));
        Assert.Equal(expected, Classify(400, System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["__type"] = code })));
    }

    [Fact]
    public void A_code_without_end_never_reaches_the_reason() =>
        Assert.Equal("status 400", Classify(400, $$"""{"__type":"{{new string('x', 101)}}"}""").Reason);

    [Theory]
    [InlineData("{\"__type\":\"\xff\xfe\"}")]
    [InlineData("{\"__type\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1,\"__type\":\"Throttling\"}")]
    public void A_body_that_is_no_Unicode_throws_nothing(string body) =>
        Assert.StartsWith("status 400", Classify(400, Encoding.Latin1.GetBytes(body)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Any_reply_is_classified_and_its_reason_is_plain() =>
        Gen.Select(Gen.Int[200, 999], Gen.Byte.Array[0, 60], Gen.Bool, Gen.String[0, 30]).Sample(
            (status, body, isType, code) =>
            {
                byte[] document = isType ? [.. "{\"__type\":\""u8, .. body, .. "\"}"u8] : body;

                foreach (var result in (SendResult[])[Classify(status, document), Classify(status, document, ("x-amzn-query-error", code))])
                {
                    Assert.NotEqual(SendOutcome.Accepted, result.Outcome);
                    Assert.NotEqual(SendOutcome.Unknown, result.Outcome);
                    Assert.Matches(@"\A(status [0-9]{3}( [A-Za-z0-9._]{1,100})?|the reply is not one of CloudWatch)\z", result.Reason);
                }
            },
            iter: 10_000,
            threads: 1);

    private static void HasCode(string code, SendOutcome outcome)
    {
        var expected = new SendResult(outcome, $"status 400 {code}");

        Assert.Equal(expected, Classify(400, $$"""{"__type":"{{code}}","message":"x"}"""));
        Assert.Equal(expected, Classify(400, $$"""{"__type":"com.amazonaws.cloudwatch#{{code}}"}"""));
        Assert.Equal(expected, Classify(400, Html, ("x-amzn-query-error", $"{code};Sender")));
        Assert.Equal(expected, Classify(400, string.Empty, ("X-Amzn-Query-Error", code)));
    }

    private static SendResult Classify(int status, string body, params (string Name, string Value)[] headers) =>
        Classify(status, Encoding.UTF8.GetBytes(body), headers);

    private static SendResult Classify(int status, byte[] body, params (string Name, string Value)[] headers) =>
        ReplyClassifier.Classify(new HttpReply
        {
            Status = status,
            Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
            Body = body,
            KeepsConnection = true,
        });
}
