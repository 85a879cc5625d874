using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Hosting;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class ServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_listens_on_the_loopback_address_only()
    {
        await using var server = await LocalCloudWatchServer.StartAsync(cancellationToken: Cancellation);

        Assert.Equal("127.0.0.1", server.Endpoint.Host);
        Assert.Equal("http", server.Endpoint.Scheme);
        foreach (var address in (await Dns.GetHostAddressesAsync(Dns.GetHostName(), Cancellation)).Where(address => !IPAddress.IsLoopback(address)))
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(address, server.Endpoint.Port, Cancellation).AsTask());
        }
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using var first = await LocalCloudWatchServer.StartAsync(cancellationToken: Cancellation);

        var error = await Assert.ThrowsAsync<IOException>(() =>
            LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Port = first.Endpoint.Port }, Cancellation));

        Assert.StartsWith($"Port {first.Endpoint.Port} is already in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_can_be_taken_again_after_the_end()
    {
        var first = await LocalCloudWatchServer.StartAsync(cancellationToken: Cancellation);
        var port = first.Endpoint.Port;
        await first.DisposeAsync();
        await first.DisposeAsync();

        await using var second = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Port = port }, Cancellation);

        Assert.Equal(port, second.Endpoint.Port);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public async Task A_port_out_of_range_is_refused(int port) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Port = port }, Cancellation));

    [Fact]
    public async Task The_environment_does_not_change_where_it_listens()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;

        // A server that heeded any of these would fail to start. Servers of other tests must not heed them either.
        string[] names = ["ASPNETCORE_URLS", "DOTNET_URLS", "ASPNETCORE_HTTP_PORTS", "URLS", "Kestrel__Endpoints__Other__Url"];
        try
        {
            foreach (var name in names)
            {
                Environment.SetEnvironmentVariable(name, name.EndsWith("PORTS", StringComparison.Ordinal) ? $"{taken}" : $"http://127.0.0.1:{taken}");
            }

            await using var server = await LocalCloudWatchServer.StartAsync(cancellationToken: Cancellation);
            Assert.NotEqual(taken, server.Endpoint.Port);
        }
        finally
        {
            foreach (var name in names)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Connections_are_kept_unless_they_are_to_be_closed_after_every_reply(bool close, int connections)
    {
        var receipts = new List<PutMetricDataReceipt>();
        await using var local = await Local.StartAsync(options =>
        {
            options.CloseConnectionAfterReply = close;
            options.Received = receipts.Add;
        });

        for (var i = 0; i < 3; i++)
        {
            var reply = await local.PutAsync(Wire.Json, Data.Datum());
            Assert.Equal(close, reply.Http.Headers.ConnectionClose ?? false);
        }

        Assert.Equal(connections, receipts.Select(receipt => receipt.ConnectionId).Distinct().Count());
    }

    [Fact]
    public async Task The_server_itself_closes_the_connection_after_its_reply()
    {
        await using var local = await Local.StartAsync(options => options.CloseConnectionAfterReply = true);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, local.Server.Endpoint.Port, Cancellation);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"), Cancellation);

        // Reads to the end of the stream: it would wait for ever on a connection that stays open.
        using var reader = new StreamReader(stream);
        var reply = await reader.ReadToEndAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.StartsWith("HTTP/1.1 403", reply, StringComparison.Ordinal);
        Assert.Contains("Connection: close", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_HTTPS()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var server = await LocalCloudWatchServer.StartAsync(new LocalCloudWatchOptions { Certificate = certificate }, Cancellation);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
        using var http = new HttpClient(handler);

        using var response = await http.GetAsync(server.Endpoint, Cancellation);

        Assert.Equal(("https", HttpStatusCode.OK), (server.Endpoint.Scheme, response.StatusCode));
    }

    [Fact]
    public async Task Refusals_are_told_and_counted()
    {
        var refusals = new List<RejectedCall>();
        await using var local = await Local.StartAsync(options => options.Rejected = refusals.Add);

        await local.PutAsync(Wire.Json, Data.Datum());
        await local.PutAsync(Wire.Query, Data.Datum(unit: "Minutes"));

        var refusal = Assert.Single(refusals);
        Assert.Equal((TestClock.Noon, 400, "InvalidParameterValue", "query"), (refusal.RejectedAt, refusal.StatusCode, refusal.Code, refusal.Protocol));
        Assert.Contains("MetricData.member.1.Unit", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((1L, 1L), (local.Server.AcceptedCalls, local.Server.RejectedCalls));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_is_no_refusal()
    {
        var options = new LocalCloudWatchOptions();
        var calls = new CallLog();
        var model = new CloudWatchModel(clock: options.TimeProvider);
        var handler = new RequestHandler(options, model, new AlarmLoop(model, options), calls);
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = IsolatedHost.Build(options, async context =>
        {
            try
            {
                await handler.HandleAsync(context);
            }
            finally
            {
                handled.SetResult();
            }
        });
        await app.StartAsync(Cancellation);
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) })
        {
            // The server asks for the body when it begins to read it; then the connection is reset.
            await socket.ConnectAsync(IPAddress.Loopback, IsolatedHost.Endpoint(app).Port, Cancellation);
            await socket.SendAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n"), Cancellation);
            var asked = new byte[100];
            var length = await socket.ReceiveAsync(asked, Cancellation);
            Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(asked, 0, length), StringComparison.Ordinal);
            await socket.SendAsync("half"u8.ToArray(), Cancellation);
        }

        await handled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal((0L, 0L), (calls.Accepted, calls.Rejected));
        await app.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_fail_the_call()
    {
        await using var local = await Local.StartAsync(options =>
        {
            options.Received = _ => throw new InvalidOperationException();
            options.Rejected = _ => throw new InvalidOperationException();
        });

        Assert.True((await local.PutAsync(Wire.Json, Data.Datum())).IsOk);
        Assert.Equal("MissingParameter", (await local.PutAsync(Wire.Json)).Code);
    }

    [Fact]
    public async Task A_snapshot_holds_the_distribution_and_does_not_change_later()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(null, unit: "Milliseconds").With("Values", Data.Numbers([3, 1, 3])).With("Counts", Data.Numbers([1, 2, 4])));
        var series = local.Server.GetSeries().Single();
        await local.PutAsync(Wire.Json, Data.Datum(9, unit: "Milliseconds"));

        var point = series.DataPoints.Single();
        Assert.Equal(("Tests", "m", "Milliseconds", 1), (series.Namespace, series.MetricName, series.Unit, series.StorageResolution));
        Assert.Equal((TestClock.Noon, 7d, 17d, 1d, 3d, 17d / 7), (point.Timestamp, point.SampleCount, point.Sum, point.Minimum, point.Maximum, point.Average));
        Assert.Equal([new(1, 2), new(3, 5)], point.Distribution);
    }

    [Fact]
    public async Task Many_clients_at_once_lose_nothing()
    {
        await using var local = await Local.StartAsync();

        await Parallel.ForAsync(0, 200, Cancellation, async (i, _) =>
        {
            var reply = await local.PutAsync(i % 2 == 0 ? Wire.Json : Wire.Query, Data.Datum(i, TestClock.Noon.AddSeconds(i % 5)));
            Assert.True(reply.IsOk);
        });

        Assert.Equal(200 * 199 / 2, local.Server.GetSeries().Single().DataPoints.Sum(point => point.Sum));
    }
}
