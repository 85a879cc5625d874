namespace FastScaling.LocalCloudWatch.Errors;

/// <summary>CloudWatch's errors: their codes, names and HTTP statuses in one place.</summary>
internal static class CloudWatchError
{
    public static CloudWatchException InvalidParameterValue(string message) =>
        new(400, "InvalidParameterValue", "InvalidParameterValueException", message);

    public static CloudWatchException InvalidParameterCombination(string message) =>
        new(400, "InvalidParameterCombination", "InvalidParameterCombinationException", message);

    public static CloudWatchException MissingParameter(string parameter) =>
        new(400, "MissingParameter", "MissingRequiredParameterException", $"The parameter {parameter} is required.");

    public static CloudWatchException ValidationError(string message) =>
        new(400, "ValidationError", "ValidationException", message);

    public static CloudWatchException InvalidNextToken() =>
        new(400, "InvalidNextToken", "InvalidNextToken", "The next token is invalid, or belongs to another request.");

    public static CloudWatchException InvalidFormat(string message) =>
        new(400, "InvalidFormat", "InvalidFormatFault", message);

    public static CloudWatchException LimitExceeded(string message) =>
        new(400, "LimitExceeded", "LimitExceededFault", message);

    public static CloudWatchException ResourceNotFound(string message) =>
        new(404, "ResourceNotFound", "ResourceNotFound", message);

    public static CloudWatchException Throttling(string message) =>
        new(400, "Throttling", "ThrottlingException", message);

    public static CloudWatchException InvalidAction(string operation) =>
        new(400, "InvalidAction", "UnknownOperationException", $"The operation '{operation}' is not known to the local CloudWatch.");

    public static CloudWatchException Serialization(string message) =>
        new(400, "SerializationException", "SerializationException", message);

    public static CloudWatchException MalformedHttpRequest(string message) =>
        new(400, "MalformedHttpRequestException", "MalformedHttpRequestException", message);

    public static CloudWatchException RequestEntityTooLarge(long size, int limit) =>
        new(413, "RequestEntityTooLarge", "RequestEntityTooLargeException", FormattableString.Invariant($"Request size {size} exceeded {limit} bytes"));

    public static CloudWatchException RequestTimeout() =>
        new(408, "RequestTimeoutException", "RequestTimeoutException", "The body of the request arrived too slowly.");

    public static CloudWatchException MissingAuthenticationToken() =>
        new(403, "MissingAuthenticationToken", "MissingAuthenticationTokenException", "Request is missing Authentication Token");

    public static CloudWatchException IncompleteSignature(string message) =>
        new(400, "IncompleteSignature", "IncompleteSignatureException", message);

    public static CloudWatchException InvalidClientTokenId() =>
        new(403, "InvalidClientTokenId", "UnrecognizedClientException", "The security token included in the request is invalid.");

    public static CloudWatchException SignatureDoesNotMatch(string message) =>
        new(403, "SignatureDoesNotMatch", "SignatureDoesNotMatch", message);

    public static CloudWatchException NotFound(string path) =>
        new(404, "InvalidAction", "UnknownOperationException", $"Calls are made to '/' or, with the CBOR protocol, to its path, not to '{path}'.");

    public static CloudWatchException Internal() =>
        new(500, "InternalServiceError", "InternalServiceFault", "The local CloudWatch failed: this is a defect of it.");
}
