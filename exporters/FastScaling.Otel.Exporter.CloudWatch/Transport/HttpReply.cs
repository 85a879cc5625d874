namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>A complete HTTP reply.</summary>
internal sealed record HttpReply
{
    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the connection can carry another request.</summary>
    public required bool KeepsConnection { get; init; }
}
