namespace FastScaling.LocalCloudWatch;

/// <summary>One accepted PutMetricData call, as it came over the wire.</summary>
public sealed class PutMetricDataReceipt
{
    internal PutMetricDataReceipt()
    {
    }

    /// <summary>When the last byte of the request had arrived, by the server's clock.</summary>
    public DateTimeOffset ReceivedAt { get; internal init; }

    /// <summary>The namespace of the data.</summary>
    public string Namespace { get; internal init; } = "";

    /// <summary>The number of data in the call, 1 to 1000.</summary>
    public int DatumCount { get; internal init; }

    /// <summary>The size of the body in bytes after decompression.</summary>
    public int RawBytes { get; internal init; }

    /// <summary>The size of the body in bytes as it was sent.</summary>
    public int SentBytes { get; internal init; }

    /// <summary>Whether the body was sent compressed with gzip.</summary>
    public bool IsGzip { get; internal init; }

    /// <summary>The wire protocol: <c>rpc-v2-cbor</c>, <c>json-1.0</c> or <c>query</c>.</summary>
    public string Protocol { get; internal init; } = "";

    /// <summary>The access key id that signed the call.</summary>
    public string AccessKeyId { get; internal init; } = "";

    /// <summary>Identifies the TCP connection that carried the call: equal ids mean the same connection.</summary>
    internal string ConnectionId { get; init; } = "";
}
