using System.Globalization;
using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>Says what a reply of CloudWatch means for the data that were sent.</summary>
internal static class ReplyClassifier
{
    // Transient errors that come with a status of 4xx (common errors of AWS; classification of the AWS SDKs).
    private static readonly string[] TransientCodes =
    [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestLimitExceeded", "TooManyRequestsException",
        "SlowDown", "RequestTimeout", "RequestTimeoutException", "RequestTimeTooSkewed", "ExpiredToken", "ExpiredTokenException",
    ];

    public static SendResult Classify(HttpReply reply)
    {
        // A captive portal answers 200 as well, but has no request id.
        if (reply.Status == 200)
        {
            return reply.Headers.ContainsKey("x-amzn-RequestId")
                ? new SendResult(SendOutcome.Accepted, string.Empty)
                : new SendResult(SendOutcome.Failed, "the reply is not one of CloudWatch");
        }

        var code = ErrorCodeOf(reply);
        var reason = string.Create(CultureInfo.InvariantCulture, $"status {reply.Status} {code}").TrimEnd();
        var isTransient = reply.Status is < 400 or >= 500 or 401 or 403 or 408 or 429 || TransientCodes.Contains(code);
        return new SendResult(isTransient ? SendOutcome.Failed : SendOutcome.Refused, reason);
    }

    private static string ErrorCodeOf(HttpReply reply)
    {
        if (reply.Headers.TryGetValue("x-amzn-query-error", out var queryError))
        {
            return Sanitize(queryError.Split(';')[0]);
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
