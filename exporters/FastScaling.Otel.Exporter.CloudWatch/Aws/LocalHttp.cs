using System.Globalization;
using System.Text;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>GET requests to the endpoints that AWS puts beside a container. Never through a proxy.</summary>
internal static class LocalHttp
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <returns>The body of a reply with status 200.</returns>
    /// <exception cref="IOException">No such reply came.</exception>
    public static ReadOnlyMemory<byte> Get(Uri uri, string? authorization)
    {
        uri = AsciiUri.Of(uri);
        var authorizationLine = authorization is null ? string.Empty : $"Authorization: {authorization}\r\n";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nAccept: application/json\r\n{authorizationLine}Connection: close\r\n\r\n");

        using var connection = new HttpConnection(uri);
        try
        {
            var reply = connection.Send(Encoding.ASCII.GetBytes(head), [], new Deadline(Timeout));
            return reply.Status == 200
                ? reply.Body
                : throw new IOException($"{uri.Authority} answered with status {reply.Status}.");
        }
        catch (TransportException exception)
        {
            throw new IOException($"{uri.Authority}: {exception.Message}", exception);
        }
    }
}
