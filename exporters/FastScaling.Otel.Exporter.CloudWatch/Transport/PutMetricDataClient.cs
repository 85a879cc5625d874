using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>The one operation that we call: PutMetricData, in AWS JSON 1.0, signed with SigV4. Not thread-safe.</summary>
internal sealed class PutMetricDataClient : IDisposable
{
    private const string Target = "GraniteServiceVersion20100801.PutMetricData";
    private const string ContentType = "application/x-amz-json-1.0";
    private const string SigningName = "monitoring";

    private static readonly string UserAgent =
        $"FastScaling.Otel/{typeof(PutMetricDataClient).Assembly.GetName().Version?.ToString(3)}";

    private readonly Uri _endpoint;
    private readonly RegionEndpoint _region;
    private readonly HttpConnection _connection;
    private readonly string _start;
    private readonly StringBuilder _head = new(2048);
    private byte[] _headBytes = [];

    /// <param name="endpoint">The endpoint of CloudWatch; its path is kept.</param>
    /// <param name="region">The Region to sign for.</param>
    /// <param name="network">How to get there; null for a direct way.</param>
    public PutMetricDataClient(Uri endpoint, RegionEndpoint region, Network? network = null)
    {
        _endpoint = AsciiUri.Of(endpoint);
        _region = region;
        _connection = new HttpConnection(_endpoint, network);
        _start = $"POST {_endpoint.AbsolutePath} HTTP/1.1\r\nHost: {_endpoint.Authority}\r\nUser-Agent: {UserAgent}\r\n";
    }

    /// <summary>Sends a body. Throws nothing that a network or a server can cause.</summary>
    public SendResult Send(ReadOnlySpan<byte> body, bool isGzip, AWSCredentials credentials, Deadline deadline)
    {
        try
        {
            return ReplyClassifier.Classify(_connection.Send(HeadFor(body, isGzip, credentials), body, deadline));
        }
        catch (TransportException exception)
        {
            // Reasons are parts of sentences, and messages are sentences.
            return new SendResult(exception.WasSent ? SendOutcome.Unknown : SendOutcome.Failed, exception.Message.TrimEnd('.'));
        }
        catch (Exception exception)
        {
            // Signing failed, so nothing left; without a result the data would be lost and not counted.
            return new SendResult(SendOutcome.Failed, exception.Message);
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// Request line and signed headers for a body: all of a call but the network. Valid until the next call.
    /// </summary>
    internal ReadOnlySpan<byte> HeadFor(ReadOnlySpan<byte> body, bool isGzip, AWSCredentials credentials)
    {
        var request = new AWSSigningRequest
        {
            HttpMethod = HttpMethod.Post,
            RequestUri = _endpoint,
            Headers =
            {
                ["Content-Type"] = ContentType,
                ["X-Amz-Target"] = Target,
                ["x-amzn-query-mode"] = "true",
                ["x-amz-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
            },
        };
        if (isGzip)
        {
            request.Headers["Content-Encoding"] = "gzip";
        }

        var signed = AWSSigV4Signer.Sign(
            request,
            new AWSSigV4Parameters { Credentials = credentials, Region = _region, Service = SigningName, SignPayload = true });

        var head = _head.Clear()
            .Append(_start)
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        foreach (var (name, value) in request.Headers)
        {
            if (!signed.Headers.ContainsKey(name))
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }
        }

        foreach (var (name, value) in signed.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        head.Append("\r\n");
        return Encode(head);
    }

    private ReadOnlySpan<byte> Encode(StringBuilder head)
    {
        if (_headBytes.Length < head.Length)
        {
            _headBytes = new byte[head.Length];
        }

        var length = 0;
        foreach (var chunk in head.GetChunks())
        {
            length += Encoding.ASCII.GetBytes(chunk.Span, _headBytes.AsSpan(length));
        }

        return _headBytes.AsSpan(0, length);
    }
}
