using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;

namespace FastScaling.Benchmarks.Conventional;

/// <summary>
/// The export as it is commonly written: an object for every datum, the serialiser of .NET, a byte array for the body,
/// HttpClient. The signature is made by the same code as ours.
/// </summary>
internal sealed class ConventionalExport : IBatchExport
{
    private const string ContentType = "application/x-amz-json-1.0";

    private readonly Gzip _gzip;
    private readonly Uri _endpoint;
    private readonly RequestBuilder _builder = new();
    private readonly HttpClient _client = new();
    private readonly AWSSigV4Parameters _signing = new()
    {
        Credentials = new BasicAWSCredentials(ExportContent.AccessKeyId, ExportContent.SecretAccessKey),
        Region = RegionEndpoint.EUCentral1,
        Service = "monitoring",
        SignPayload = true,
    };

    private byte[] _body = [];
    private bool _isGzip;

    public ConventionalExport(Gzip gzip, Uri endpoint)
    {
        _gzip = gzip;
        _endpoint = endpoint;
    }

    public ReadOnlyMemory<byte> Body => _body;

    public int Write(Sample[] samples)
    {
        _isGzip = false;
        _body = JsonSerializer.SerializeToUtf8Bytes(_builder.Build(samples), PutMetricDataJson.Default.PutMetricDataRequest);
        return _body.Length;
    }

    public int Compress()
    {
        if (_gzip != Gzip.None && _body.Length >= BodyCompressor.MinimumSize)
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, _gzip == Gzip.Optimal ? CompressionLevel.Optimal : CompressionLevel.Fastest))
            {
                gzip.Write(_body);
            }

            _body = compressed.ToArray();
            _isGzip = true;
        }

        return _body.Length;
    }

    public int Sign()
    {
        using var request = CreateRequest();
        return request.Headers.NonValidated.Count;
    }

    public bool Send()
    {
        using var request = CreateRequest();
        using var response = _client.Send(request);
        return response.IsSuccessStatusCode;
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage CreateRequest()
    {
        var toSign = new AWSSigningRequest
        {
            HttpMethod = HttpMethod.Post,
            RequestUri = _endpoint,
            Headers =
            {
                ["Content-Type"] = ContentType,
                ["X-Amz-Target"] = "GraniteServiceVersion20100801.PutMetricData",
                ["x-amz-query-mode"] = "true",
                ["x-amz-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(_body)),
            },
        };
        if (_isGzip)
        {
            toSign.Headers["Content-Encoding"] = "gzip";
        }

        var signed = AWSSigV4Signer.Sign(toSign, _signing);
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        if (_isGzip)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        foreach (var (name, value) in toSign.Headers.Concat(signed.Headers))
        {
            if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !request.Headers.Contains(name))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
