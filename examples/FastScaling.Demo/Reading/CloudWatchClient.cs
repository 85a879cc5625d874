using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using FastScaling.Demo.Running;

namespace FastScaling.Demo.Reading;

/// <summary>Reads metrics as a dashboard does: GetMetricData over HTTP, in AWS JSON 1.0, signed. It would read from AWS, too.</summary>
internal sealed class CloudWatchClient : IDisposable
{
    private const string Target = "GraniteServiceVersion20100801.GetMetricData";
    private const string ContentType = "application/x-amz-json-1.0";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly Uri _endpoint;
    private readonly AWSCredentials _credentials;
    private readonly string _namespace;
    private readonly string _serviceName;
    private readonly HttpClient _http;

    public CloudWatchClient(Uri endpoint, AWSCredentials credentials, string @namespace, string serviceName)
    {
        _endpoint = endpoint;
        _credentials = credentials;
        _namespace = @namespace;
        _serviceName = serviceName;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { Timeout = RequestTimeout };
    }

    /// <summary>The points of each query, in its order, oldest first.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<MetricPoint>>> GetMetricDataAsync(
        IReadOnlyList<MetricQuery> queries, DateTimeOffset start, DateTimeOffset end, int period, CancellationToken cancellationToken)
    {
        using var request = Request(JsonSerializer.SerializeToUtf8Bytes(Body(queries, start, end, period)));
        using var response = await _http.SendAsync(request, cancellationToken);
        var reply = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? Points(JsonNode.Parse(reply)!, queries.Count)
            : throw new DemoException($"The local CloudWatch refused GetMetricData: {(int)response.StatusCode} {reply}");
    }

    public void Dispose() => _http.Dispose();

    private JsonObject Body(IReadOnlyList<MetricQuery> queries, DateTimeOffset start, DateTimeOffset end, int period) => new()
    {
        ["StartTime"] = start.ToUnixTimeSeconds(),
        ["EndTime"] = end.ToUnixTimeSeconds(),
        ["ScanBy"] = "TimestampAscending",
        ["MetricDataQueries"] = new JsonArray([.. queries.Select((query, index) => (JsonNode)new JsonObject
        {
            ["Id"] = Id(index),
            ["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject
                {
                    ["Namespace"] = _namespace,
                    ["MetricName"] = query.MetricName,
                    ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "ServiceName", ["Value"] = _serviceName }),
                },
                ["Stat"] = query.Statistic,
                ["Period"] = period,
                ["Unit"] = query.Unit,
            },
        })]),
    };

    private HttpRequestMessage Request(byte[] body)
    {
        var signing = new AWSSigningRequest
        {
            HttpMethod = HttpMethod.Post,
            RequestUri = _endpoint,
            Headers =
            {
                ["Content-Type"] = ContentType,
                ["X-Amz-Target"] = Target,
                ["x-amz-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
            },
        };
        var signed = AWSSigV4Signer.Sign(signing, new AWSSigV4Parameters
        {
            Credentials = _credentials,
            Region = RegionEndpoint.GetBySystemName(AwsDefaults.Region),
            Service = "monitoring",
            SignPayload = true,
        });

        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in signing.Headers.Concat(signed.Headers).DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
        }

        return request;
    }

    private static MetricPoint[][] Points(JsonNode reply, int count)
    {
        var points = new MetricPoint[count][];
        Array.Fill(points, []);
        foreach (var result in reply["MetricDataResults"]!.AsArray())
        {
            var index = int.Parse(result!["Id"]!.GetValue<string>()[1..], CultureInfo.InvariantCulture);
            points[index] =
            [
                .. result["Timestamps"]!.AsArray().Zip(
                    result["Values"]!.AsArray(),
                    (time, value) => new MetricPoint((long)time!.GetValue<double>(), value!.GetValue<double>())),
            ];
        }

        return points;
    }

    private static string Id(int index) => $"q{index}";
}
