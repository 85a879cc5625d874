using System.Diagnostics.CodeAnalysis;

namespace FastScaling.LocalCloudWatch.Errors;

/// <summary>An error for the client. <see cref="CloudWatchError"/> makes them.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "An error without its code has no form on the wire.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves the server: the request handler turns it into a reply.")]
internal sealed class CloudWatchException : Exception
{
    public CloudWatchException(int statusCode, string code, string shape, string message)
        : base(message)
    {
        StatusCode = statusCode;
        Code = code;
        Shape = shape;
    }

    public int StatusCode { get; }

    /// <summary>The code of the query protocol, which newer protocols return in x-amzn-query-error.</summary>
    public string Code { get; }

    /// <summary>The name of the error in newer protocols.</summary>
    public string Shape { get; }

    public string Fault => StatusCode >= 500 ? "Receiver" : "Sender";
}
