namespace FastScaling.LocalCloudWatch;

/// <summary>One call that was refused with an error.</summary>
public sealed class RejectedCall
{
    internal RejectedCall()
    {
    }

    /// <summary>When the call was refused, by the server's clock.</summary>
    public DateTimeOffset RejectedAt { get; internal init; }

    /// <summary>The HTTP status of the reply.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>The error code in CloudWatch's words, for example <c>InvalidParameterValue</c>.</summary>
    public string Code { get; internal init; } = "";

    /// <summary>The message of the error.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>The wire protocol: <c>rpc-v2-cbor</c>, <c>json-1.0</c> or <c>query</c>.</summary>
    public string Protocol { get; internal init; } = "";

    /// <summary>Identifies the TCP connection that carried the call: equal ids mean the same connection.</summary>
    internal string ConnectionId { get; init; } = "";
}
