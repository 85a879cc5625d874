namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>No complete reply came.</summary>
internal sealed class TransportException : Exception
{
    public TransportException(string message, bool wasSent, Exception? innerException = null)
        : base(message, innerException) => WasSent = wasSent;

    /// <summary>
    /// Whether the whole request had been handed to the network: then the server may have done what it asked for, and
    /// nobody knows.
    /// </summary>
    public bool WasSent { get; }
}
