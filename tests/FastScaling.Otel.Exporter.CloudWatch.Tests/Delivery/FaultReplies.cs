namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>How faults look that are replies.</summary>
internal static class FaultReplies
{
    private static readonly (int Status, string Code)[] Throttling =
    [
        (400, "Throttling"), (400, "ThrottlingException"), (400, "RequestLimitExceeded"), (400, "ThrottledException"),
        (429, "TooManyRequestsException"), (429, ""), (503, "SlowDown"),
    ];

    private static readonly (int Status, string Code)[] Forbidding =
        [(403, "AccessDenied"), (403, "AccessDeniedException"), (403, "UnrecognizedClientException"), (403, "SignatureDoesNotMatch"), (401, ""), (403, "")];

    private static readonly int[] ServerErrors = [500, 502, 503, 504, 599];

    private static readonly int[] Redirects = [301, 302, 307, 308];

    /// <summary>A status, the headers but for Date, and a body.</summary>
    public static (int Status, string Headers, string Body) Of(Fault fault, Random random) => fault switch
    {
        Fault.Throttled => Error(random, Pick(Throttling, random)),
        Fault.Forbidden => Error(random, Pick(Forbidding, random)),
        Fault.ExpiredToken => Error(random, (403, random.Next(2) == 0 ? "ExpiredToken" : "ExpiredTokenException")),
        Fault.ServerError => (Pick(ServerErrors, random), string.Empty, random.Next(2) == 0 ? string.Empty : "<html>Bad Gateway</html>"),
        Fault.Redirect => (Pick(Redirects, random), "Location: http://portal.example/", string.Empty),
        Fault.Page => (200, "Content-Type: text/html", "<html>Please log in</html>"),
        Fault.Nameless => (200, string.Empty, random.Next(2) == 0 ? "{}" : string.Empty),
        _ => (200, "x-amzn-RequestId: 1", "{}"),
    };

    /// <summary>An error of CloudWatch, whose code comes in the body, in the header of the query protocol, or not at all.</summary>
    public static (int Status, string Headers, string Body) Error(Random random, (int Status, string Code) error) => error.Code.Length == 0
        ? (error.Status, string.Empty, string.Empty)
        : random.Next(2) == 0
            ? (error.Status, $"x-amzn-RequestId: 1\r\nx-amzn-query-error: {error.Code};Sender", string.Empty)
            : (error.Status, "x-amzn-RequestId: 1", $$"""{"__type":"com.amazonaws.cloudwatch#{{error.Code}}","message":"m"}""");

    private static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];
}
