namespace FastScaling.Lab.Scaling;

/// <summary>A call that Application Auto Scaling would refuse.</summary>
internal sealed class ScalingException : Exception
{
    private ScalingException(string code, string message)
        : base(message)
    {
        Code = code;
    }

    /// <summary>The name of the error on the wire.</summary>
    public string Code { get; }

    public static ScalingException Validation(string message) => new("ValidationException", message);

    public static ScalingException NotFound(string message) => new("ObjectNotFoundException", message);

    public static ScalingException LimitExceeded(string message) => new("LimitExceededException", message);

    public static ScalingException FailedResourceAccess(string message) => new("FailedResourceAccessException", message);

    public static ScalingException InvalidNextToken() => new("InvalidNextTokenException", "The next token is invalid, or belongs to another request.");
}
