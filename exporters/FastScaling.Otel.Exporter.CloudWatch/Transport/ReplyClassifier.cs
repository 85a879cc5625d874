using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>Says what a reply of CloudWatch means for the data that were sent.</summary>
internal static class ReplyClassifier
{
    /// <summary>The header in which CloudWatch names its request.</summary>
    public const string RequestId = "x-amzn-RequestId";

    /// <summary>The error type of a reply that something else gave.</summary>
    public const string NotCloudWatch = "not_cloudwatch";

    // A signature is valid for five minutes; a difference of less cannot be why one is not accepted.
    private static readonly TimeSpan NotableSkew = TimeSpan.FromMinutes(1);

    // Common errors of AWS, and the classification of the AWS SDKs.
    private static readonly FrozenDictionary<string, SendOutcome> Codes = new (SendOutcome Outcome, string[] Codes)[]
    {
        (SendOutcome.Throttled,
        [
            "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
            "RequestLimitExceeded", "TooManyRequestsException", "LimitExceededException", "SlowDown", "BandwidthLimitExceeded",
            "ProvisionedThroughputExceededException", "TransactionInProgressException", "EC2ThrottledException", "PriorRequestNotComplete",
        ]),
        (SendOutcome.Failed,
        [
            "RequestTimeout", "RequestTimeoutException", "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture",
            "InternalFailure", "InternalServiceFault", "InternalServiceError", "InternalError", "ServiceUnavailable", "ServiceUnavailableException",
        ]),
        (SendOutcome.ExpiredCredentials, ["ExpiredToken", "ExpiredTokenException"]),
        (SendOutcome.Forbidden,
        [
            "AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation", "OptInRequired",
            "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException", "IncompleteSignature", "IncompleteSignatureException", "AuthFailure",
            "SignatureDoesNotMatch", "InvalidSignatureException", "InvalidSignature",
        ]),
        (SendOutcome.TooLarge, ["RequestEntityTooLarge", "RequestEntityTooLargeException", "RequestTooLarge", "EntityTooLarge", "PayloadTooLarge"]),
    }.SelectMany(group => group.Codes, (group, code) => (code, group.Outcome)).ToFrozenDictionary(pair => pair.code, pair => pair.Outcome);

    // Codes of a signature whose time may be the trouble; the Date header says whether it is.
    private static readonly FrozenSet<string> TimeCodes = FrozenSet.Create(
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "AuthFailure",
        "SignatureDoesNotMatch", "InvalidSignatureException", "InvalidSignature");

    /// <summary>Whether CloudWatch itself gave the reply.</summary>
    public static bool IsOfCloudWatch(HttpReply reply) => reply.Headers.ContainsKey(RequestId) || ErrorCodeOf(reply).Length > 0;

    /// <param name="reply">The reply.</param>
    /// <param name="skew">How far its Date is from the time in the signature; null when it has none.</param>
    public static SendResult Classify(HttpReply reply, TimeSpan? skew = null)
    {
        var hasId = reply.Headers.ContainsKey(RequestId);
        if (reply.Status == 200)
        {
            return hasId ? new SendResult(SendOutcome.Accepted, string.Empty) : ClassifyNameless(reply);
        }

        var code = ErrorCodeOf(reply);
        var reason = string.Create(CultureInfo.InvariantCulture, $"status {reply.Status} {code}").TrimEnd();
        if (reply.Status is >= 300 and < 400)
        {
            reason += ", a redirect, which is not followed";
        }

        var errorType = Codes.ContainsKey(code) ? code : reply.Status.ToString(CultureInfo.InvariantCulture);
        return new SendResult(OutcomeOf(reply.Status, code, hasId, skew), reason, errorType);
    }

    /// <summary>
    /// A 200 without a request id. A page, such as that of a captive portal, means that CloudWatch never saw the request.
    /// An empty reply can be CloudWatch's, with its headers removed on the way: nobody knows.
    /// </summary>
    private static SendResult ClassifyNameless(HttpReply reply)
    {
        var body = reply.Body.Span.Trim(" \r\n\t"u8);
        return body.IsEmpty || body.SequenceEqual("{}"u8)
            ? new SendResult(SendOutcome.Unknown, $"the reply has status 200, but no {RequestId}", NotCloudWatch)
            : new SendResult(SendOutcome.Failed, "the reply is not one of CloudWatch", NotCloudWatch);
    }

    private static SendOutcome OutcomeOf(int status, string code, bool hasId, TimeSpan? skew)
    {
        if (TimeCodes.Contains(code) && skew?.Duration() > NotableSkew)
        {
            return SendOutcome.ClockSkewed;
        }

        if (status >= 400 && Codes.TryGetValue(code, out var outcome))
        {
            return outcome;
        }

        return status switch
        {
            429 => SendOutcome.Throttled,
            413 => SendOutcome.TooLarge,
            401 or 403 or 407 => SendOutcome.Forbidden,
            < 400 or >= 500 or 408 => SendOutcome.Failed,

            // What refuses in CloudWatch's place says nothing about the data.
            _ => hasId || code.Length > 0 ? SendOutcome.Refused : SendOutcome.Failed,
        };
    }

    private static string ErrorCodeOf(HttpReply reply)
    {
        if (reply.Headers.TryGetValue("x-amzn-query-error", out var queryError))
        {
            return Sanitize(queryError.Split(';')[0]);
        }

        if (reply.Body.IsEmpty || reply.Body.Span[0] != (byte)'{')
        {
            return string.Empty; // Parsing something else would cost an exception.
        }

        try
        {
            using var body = JsonDocument.Parse(reply.Body);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("__type", out var type)
                && type.ValueKind == JsonValueKind.String
                ? Sanitize(type.GetString()!.Split('#')[^1])
                : string.Empty;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return string.Empty; // An error page of something in between, or a string that is no Unicode.
        }
    }

    // The code goes into logs: only what a code looks like.
    private static string Sanitize(string code) =>
        code.Length <= 100 && code.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_') ? code : string.Empty;
}
