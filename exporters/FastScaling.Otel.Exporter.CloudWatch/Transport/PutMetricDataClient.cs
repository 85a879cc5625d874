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
        $"FastScaling.Otel/{LibraryVersion.Of(typeof(PutMetricDataClient).Assembly)}";

    private readonly Uri _endpoint;
    private readonly RegionEndpoint _region;
    private readonly HttpConnection _connection;
    private readonly ClockOffset _clock;
    private readonly string _start;
    private readonly StringBuilder _head = new(2048);
    private byte[] _headBytes = [];

    /// <param name="endpoint">The endpoint of CloudWatch; its path is kept.</param>
    /// <param name="region">The Region to sign for.</param>
    /// <param name="network">How to get there; null for a direct way.</param>
    /// <param name="clock">Learns CloudWatch's time from replies, and gives the time to sign with.</param>
    public PutMetricDataClient(Uri endpoint, RegionEndpoint region, Network? network = null, ClockOffset? clock = null)
    {
        _clock = clock ?? new ClockOffset(TimeProvider.System);
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
            var signedAt = _clock.UtcNow;
            var head = HeadFor(body, isGzip, credentials, signedAt);
            var sent = _clock.Now;
            return Read(_connection.Send(head, body, deadline), signedAt, sent);
        }
        catch (TransportException exception)
        {
            // Reasons are parts of sentences, and messages are sentences.
            return new SendResult(
                exception.WasSent ? SendOutcome.Unknown : SendOutcome.Failed,
                exception.Message.TrimEnd('.'),
                exception.InnerException is TimeoutException ? "timeout" : "network");
        }
        catch (Exception exception)
        {
            // Signing failed, so nothing left; without a result the data would be lost and not counted.
            return new SendResult(SendOutcome.Failed, exception.Message, "signing");
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// Request line and signed headers for a body: all of a call but the network. Valid until the next call.
    /// </summary>
    internal ReadOnlySpan<byte> HeadFor(ReadOnlySpan<byte> body, bool isGzip, AWSCredentials credentials) =>
        HeadFor(body, isGzip, credentials, _clock.UtcNow);

    private SendResult Read(HttpReply reply, DateTimeOffset signedAt, TimeSpan sent)
    {
        TimeSpan? skew = null;

        // The time of whatever else answers is not to be trusted.
        if (ReplyClassifier.IsOfCloudWatch(reply)
            && reply.Headers.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            _clock.Observe(date, sent, _clock.Now);
            skew = date - signedAt;
        }

        return ReplyClassifier.Classify(reply, skew);
    }

    private ReadOnlySpan<byte> HeadFor(ReadOnlySpan<byte> body, bool isGzip, AWSCredentials credentials, DateTimeOffset signedAt)
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
            new AWSSigV4Parameters
            {
                Credentials = credentials,
                Region = _region,
                Service = SigningName,
                SignPayload = true,
                SignedAt = signedAt.UtcDateTime,
            });

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
