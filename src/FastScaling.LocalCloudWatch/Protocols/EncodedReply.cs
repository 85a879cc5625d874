namespace FastScaling.LocalCloudWatch.Protocols;

/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The whole body.</param>
/// <param name="QueryError">The value of the header x-amzn-query-error, when the reply has one.</param>
internal readonly record struct EncodedReply(string ContentType, ReadOnlyMemory<byte> Body, string? QueryError = null)
{
    /// <summary>The value of the header smithy-protocol, when the reply has one.</summary>
    public string? SmithyProtocol { get; init; }
}
