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
    [InlineData(Html)]
    [InlineData("ok")]
    [InlineData("[]")]
    [InlineData("{\"ip\":\"10.0.0.1\"}")]
    public void A_200_with_a_page_of_something_else_is_a_failure(string body) =>
        Assert.Equal((SendOutcome.Failed, "not_cloudwatch"), (Classify(200, body).Outcome, Classify(200, body).ErrorType));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" {}\r\n")]
    public void A_200_that_may_be_CloudWatchs_without_its_headers_is_unknown(string body) =>
        Assert.Equal((SendOutcome.Unknown, "not_cloudwatch"), (Classify(200, body).Outcome, Classify(200, body).ErrorType));

    [Theory]
    [InlineData(201, SendOutcome.Failed)]
    [InlineData(204, SendOutcome.Failed)]
    [InlineData(301, SendOutcome.Failed)]
    [InlineData(302, SendOutcome.Failed)]
    [InlineData(307, SendOutcome.Failed)]
    [InlineData(401, SendOutcome.Forbidden)]
    [InlineData(403, SendOutcome.Forbidden)]
    [InlineData(407, SendOutcome.Forbidden)]
    [InlineData(408, SendOutcome.Failed)]
    [InlineData(413, SendOutcome.TooLarge)]
    [InlineData(429, SendOutcome.Throttled)]
    [InlineData(500, SendOutcome.Failed)]
    [InlineData(502, SendOutcome.Failed)]
    [InlineData(503, SendOutcome.Failed)]
    [InlineData(504, SendOutcome.Failed)]
    [InlineData(599, SendOutcome.Failed)]
    internal void A_status_that_says_enough_is_classified_whatever_the_body(int status, SendOutcome outcome)
    {
        foreach (var body in (string[])["", "{}", Html, """{"__type":"ValidationException"}"""])
        {
            var result = Classify(status, body, ("x-amzn-RequestId", "1"));

            Assert.Equal((outcome, status.ToString(System.Globalization.CultureInfo.InvariantCulture)), (result.Outcome, result.ErrorType));
        }
    }

    [Fact]
    public void A_redirect_says_that_it_is_not_followed() =>
        Assert.Equal("status 302, a redirect, which is not followed", Classify(302, Html).Reason);

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(431)]
    [InlineData(499)]
    public void Other_statuses_of_4xx_are_refusals_when_CloudWatch_gave_them(int status)
    {
        foreach (var body in (string[])["", "{}", Html, "[1]", "\"x\"", """{"__type":1}""", """{"__type":null}"""])
        {
            Assert.Equal(SendOutcome.Refused, Classify(status, body, ("x-amzn-RequestId", "1")).Outcome);
            Assert.Equal((SendOutcome.Failed, $"status {status}"), (Classify(status, body).Outcome, Classify(status, body).Reason));
        }

        Assert.Equal(SendOutcome.Refused, Classify(status, """{"__type":"ValidationException"}""").Outcome);
    }

    [Theory]
    [InlineData("Throttling", SendOutcome.Throttled)]
    [InlineData("ThrottlingException", SendOutcome.Throttled)]
    [InlineData("ThrottledException", SendOutcome.Throttled)]
    [InlineData("RequestThrottled", SendOutcome.Throttled)]
    [InlineData("RequestLimitExceeded", SendOutcome.Throttled)]
    [InlineData("TooManyRequestsException", SendOutcome.Throttled)]
    [InlineData("SlowDown", SendOutcome.Throttled)]
    [InlineData("RequestTimeout", SendOutcome.Failed)]
    [InlineData("RequestTimeoutException", SendOutcome.Failed)]
    [InlineData("RequestTimeTooSkewed", SendOutcome.Failed)]
    [InlineData("InternalServiceFault", SendOutcome.Failed)]
    [InlineData("ExpiredToken", SendOutcome.ExpiredCredentials)]
    [InlineData("ExpiredTokenException", SendOutcome.ExpiredCredentials)]
    [InlineData("AccessDenied", SendOutcome.Forbidden)]
    [InlineData("AccessDeniedException", SendOutcome.Forbidden)]
    [InlineData("InvalidClientTokenId", SendOutcome.Forbidden)]
    [InlineData("UnrecognizedClientException", SendOutcome.Forbidden)]
    [InlineData("SignatureDoesNotMatch", SendOutcome.Forbidden)]
    [InlineData("IncompleteSignature", SendOutcome.Forbidden)]
    [InlineData("OptInRequired", SendOutcome.Forbidden)]
    [InlineData("RequestEntityTooLarge", SendOutcome.TooLarge)]
    internal void Known_codes_say_what_to_do_and_become_the_error_type(string code, SendOutcome outcome) => HasCode(code, outcome, code);

    [Theory]
    [InlineData("InvalidParameterValue")]
    [InlineData("InvalidParameterCombination")]
    [InlineData("MissingParameter")]
    [InlineData("ValidationException")]
    [InlineData("SerializationException")]
    [InlineData("UnknownOperationException")]
    [InlineData("throttling")]
    public void Other_codes_are_refusals_and_do_not_become_tags(string code) => HasCode(code, SendOutcome.Refused, "400");

    [Theory]
    [InlineData("RequestTimeTooSkewed", 3600, SendOutcome.ClockSkewed)]
    [InlineData("RequestTimeTooSkewed", -3600, SendOutcome.ClockSkewed)]
    [InlineData("RequestExpired", 1200, SendOutcome.ClockSkewed)]
    [InlineData("SignatureDoesNotMatch", 360, SendOutcome.ClockSkewed)]
    [InlineData("InvalidSignatureException", -360, SendOutcome.ClockSkewed)]
    [InlineData("SignatureDoesNotMatch", 5, SendOutcome.Forbidden)]
    [InlineData("RequestTimeTooSkewed", 5, SendOutcome.Failed)]
    [InlineData("AccessDenied", 3600, SendOutcome.Forbidden)]
    internal void A_signature_is_skewed_when_the_Date_agrees(string code, int seconds, SendOutcome outcome) =>
        Assert.Equal(outcome, ReplyClassifier.Classify(Reply(403, Encoding.UTF8.GetBytes($$"""{"__type":"{{code}}"}""")), TimeSpan.FromSeconds(seconds)).Outcome);

    [Fact]
    public void The_code_of_the_query_protocol_comes_before_that_of_the_body() =>
        Assert.Equal(
            new SendResult(SendOutcome.Throttled, "status 400 Throttling", "Throttling"),
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
        var expected = new SendResult(SendOutcome.Failed, "status 400", "400");

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
                    Assert.True(result.Outcome != SendOutcome.Unknown || status == 200);
                    Assert.True(result.ErrorType == "not_cloudwatch" || result.ErrorType.Length == 3);
                    Assert.Matches(@"\A(status [0-9]{3}( [A-Za-z0-9._]{1,100})?(, a redirect, which is not followed)?|the reply is not one of CloudWatch|the reply has status 200, but no x-amzn-RequestId)\z", result.Reason);
                }
            },
            iter: Depth.Of(10_000),
            threads: 1);

    private static void HasCode(string code, SendOutcome outcome, string errorType)
    {
        var expected = new SendResult(outcome, $"status 400 {code}", errorType);

        Assert.Equal(expected, Classify(400, $$"""{"__type":"{{code}}","message":"x"}"""));
        Assert.Equal(expected, Classify(400, $$"""{"__type":"com.amazonaws.cloudwatch#{{code}}"}"""));
        Assert.Equal(expected, Classify(400, Html, ("x-amzn-query-error", $"{code};Sender")));
        Assert.Equal(expected, Classify(400, string.Empty, ("X-Amzn-Query-Error", code)));
    }

    private static SendResult Classify(int status, string body, params (string Name, string Value)[] headers) =>
        Classify(status, Encoding.UTF8.GetBytes(body), headers);

    private static SendResult Classify(int status, byte[] body, params (string Name, string Value)[] headers) =>
        ReplyClassifier.Classify(Reply(status, body, headers));

    private static HttpReply Reply(int status, byte[] body, params (string Name, string Value)[] headers) => new()
    {
        Status = status,
        Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
        Body = body,
        KeepsConnection = true,
    };
}
