using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>A server with a clock that stands still, and a client for it.</summary>
internal sealed class Local : IAsyncDisposable
{
    public const string Authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-central-1/monitoring/aws4_request, SignedHeaders=host;x-amz-date, "
        + "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private Local(LocalCloudWatchServer server, TestClock clock)
    {
        Server = server;
        Clock = clock;
        Http = new HttpClient { BaseAddress = server.Endpoint };
    }

    public LocalCloudWatchServer Server { get; }

    public TestClock Clock { get; }

    public HttpClient Http { get; }

    public static async Task<Local> StartAsync(Action<LocalCloudWatchOptions>? configure = null)
    {
        var clock = new TestClock();
        var options = new LocalCloudWatchOptions { TimeProvider = clock };
        configure?.Invoke(options);
        return new Local(await LocalCloudWatchServer.StartAsync(options, TestContext.Current.CancellationToken), clock);
    }

    public Task<Reply> PutAsync(Wire wire, params JsonObject[] data) => CallAsync(wire, "PutMetricData", Data.Put(data));

    public Task<Reply> CallAsync(Wire wire, string operation, JsonObject input) => SendAsync(wire, operation, Body(wire, operation, input));

    public static byte[] Body(Wire wire, string operation, JsonObject input) => wire switch
    {
        Wire.Json => Encoding.UTF8.GetBytes(input.ToJsonString()),
        Wire.Query => Encoding.UTF8.GetBytes(Form.Of(operation, input)),
        _ => Cbor.Of(input),
    };

    public Task<Reply> SendAsync(Wire wire, string operation, byte[] body, bool gzip = false) =>
        SendAsync(Request(wire, operation, gzip ? Gzip(body) : body, gzip));

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            return await Reply.ReadAsync(await Http.SendAsync(request, TestContext.Current.CancellationToken));
        }
    }

    public static HttpRequestMessage Request(Wire wire, string operation, byte[] body, bool gzip = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        request.Headers.Add("X-Amz-Date", "20261123T120000Z");
        if (wire == Wire.Json)
        {
            request.Headers.Add("X-Amz-Target", $"GraniteServiceVersion20100801.{operation}");
            request.Headers.Add("x-amzn-query-mode", "true");
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        }
        else if (wire == Wire.Cbor)
        {
            request.RequestUri = new Uri($"/service/GraniteServiceVersion20100801/operation/{Uri.EscapeDataString(operation)}", UriKind.Relative);
            request.Headers.Add("smithy-protocol", "rpc-v2-cbor");
            request.Headers.Add("x-amzn-query-mode", "true");
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cbor");
        }
        else
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-8");
        }

        if (gzip)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        return request;
    }

    public static byte[] Gzip(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
