using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using FastScaling.Lab.Commands;
using FastScaling.Otel.Exporter.CloudWatch.Aws;

namespace FastScaling.Lab.Checks.Deployed;

/// <summary>Reads from CloudWatch, real or local: AWS JSON 1.0, signed with the credentials that the AWS CLI would use.</summary>
internal sealed class LiveClient : IDisposable
{
    private const string Prefix = "GraniteServiceVersion20100801.";
    private const string SigningName = "monitoring";
    private const string DefaultRegion = "us-east-1";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Uri _endpoint;
    private readonly RegionEndpoint _region;
    private AWSCredentials? _credentials;

    public LiveClient(Uri endpoint, string? region)
    {
        _endpoint = endpoint;
        _region = RegionEndpoint.GetBySystemName(region ?? AwsEnvironment.Process.Region ?? DefaultRegion);
    }

    /// <summary>The endpoint given, or that of the environment, or the public one of the Region.</summary>
    /// <exception cref="CommandException">Neither an endpoint nor a Region is known, or the endpoint is no URL.</exception>
    public static Uri EndpointFor(string? given, string? region)
    {
        var variable = Environment.GetEnvironmentVariable(AwsEnvironment.ServiceEndpointVariable) ?? Environment.GetEnvironmentVariable(AwsEnvironment.EndpointVariable);
        if ((given ?? variable) is { Length: > 0 } text)
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
                ? endpoint
                : throw new CommandException($"{(given is null ? "The endpoint of the environment" : "--endpoint-url")} must be an http or https URL, and is '{text}'.");
        }

        return (region ?? AwsEnvironment.Process.Region) is { } name
            ? new Uri($"https://monitoring.{name}.amazonaws.com/")
            : throw new CommandException("--live needs --region, AWS_REGION, or --endpoint-url.");
    }

    /// <exception cref="CommandException">CloudWatch cannot be reached, or refuses.</exception>
    public async Task<JsonElement> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(body) };
        Sign(request, Prefix + operation, body);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new CommandException(FormattableString.Invariant($"{operation} at {_endpoint} was refused: {(int)response.StatusCode} {Shorten(text)}"));
            }

            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException($"{operation} at {_endpoint} failed: {exception.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300] + "…";

    private void Sign(HttpRequestMessage request, string target, byte[] body)
    {
        var signing = new AWSSigningRequest
        {
            HttpMethod = HttpMethod.Post,
            RequestUri = _endpoint,
            Headers =
            {
                ["Content-Type"] = "application/x-amz-json-1.0",
                ["X-Amz-Target"] = target,
                ["x-amz-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
            },
        };
        var signed = AWSSigV4Signer.Sign(
            signing, new AWSSigV4Parameters { Credentials = Credentials(), Region = _region, Service = SigningName, SignPayload = true });
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-amz-json-1.0");
        foreach (var (name, value) in signing.Headers.Concat(signed.Headers).DistinctBy(header => header.Key.ToUpperInvariant()))
        {
            if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private AWSCredentials Credentials()
    {
        if (_credentials is not null)
        {
            return _credentials;
        }

        // A CloudWatch on this machine takes any credentials, so none need be there.
        if (_endpoint.IsLoopback && AwsEnvironment.Process.AccessKeyId is null)
        {
            return _credentials = new BasicAWSCredentials("local", "local");
        }

        try
        {
            return _credentials = new CredentialSource(null, AwsEnvironment.Process, TimeProvider.System).Get().Credentials;
        }
        catch (AmazonClientException exception)
        {
            throw new CommandException($"No AWS credentials: {exception.Message}");
        }
    }
}
