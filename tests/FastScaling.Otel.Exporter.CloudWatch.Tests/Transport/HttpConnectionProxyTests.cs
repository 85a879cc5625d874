using System.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public sealed class HttpConnectionProxyTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("", null)]
    [InlineData("user:p%40ss@", "Basic dXNlcjpwQHNz")]
    public void Https_goes_through_one_tunnel_in_which_the_server_is_still_verified(string user, string? authorization)
    {
        using var certificate = _certificates.For("localhost");
        using var server = Server(certificate);
        using var proxy = new ScriptedServer(TestProxy.Tunnel(authorization));
        using var client = Client(server, $"http://{user}127.0.0.1:{proxy.Port}");

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("ok", client.Post($"{i}").Text());
        }

        Assert.Equal(1, client.ConnectionsOpened);
        Assert.Equal($"CONNECT localhost:{server.Port} HTTP/1.1", Assert.Single(proxy.Requests).Line);
        Assert.Equal(5, server.Requests.Count);

        // The server at the other end gets nothing that is the proxy's.
        Assert.All(server.Requests, request => Assert.False(request.Headers.ContainsKey("Proxy-Authorization")));
    }

    [Fact]
    public void A_server_with_another_name_is_refused_behind_a_proxy_too()
    {
        using var certificate = _certificates.For("other.example", withLoopback: false);
        using var server = Server(certificate);
        using var proxy = new ScriptedServer(TestProxy.Tunnel());
        using var client = Client(server, $"127.0.0.1:{proxy.Port}");

        Assert.False(Assert.Throws<TransportException>(() => client.Post("x")).WasSent);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("", 407, "asks for credentials (status 407)")]
    [InlineData("user:SECRET@", 407, "does not accept the credentials in its URL (status 407)")]
    [InlineData("user:SECRET@", 502, "cannot reach")]
    [InlineData("user:SECRET@", 504, "cannot reach")]
    [InlineData("user:SECRET@", 403, "refuses to connect to")]
    [InlineData("", 302, "(status 302)")]
    public void A_proxy_that_refuses_is_a_clear_reason_without_credentials(string user, int status, string reason)
    {
        using var proxy = new ScriptedServer(Scripts.Answer(status, "page with SECRET"));
        using var client = Client("https://monitoring.example/", $"http://{user}127.0.0.1:{proxy.Port}");

        var failure = Assert.Throws<TransportException>(() => client.Post("x"));

        Assert.False(failure.WasSent);
        Assert.StartsWith($"The proxy 127.0.0.1:{proxy.Port} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("dXNlcjpTRUNSRVQ", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_is_not_there_is_named()
    {
        int port;
        using (var proxy = new ScriptedServer(Scripts.AcceptAll))
        {
            port = proxy.Port;
        }

        using var client = Client("https://monitoring.example/", $"http://user:SECRET@127.0.0.1:{port}");

        var failure = Assert.Throws<TransportException>(() => client.Post("x"));

        Assert.False(failure.WasSent);
        Assert.Contains($"No connection to the proxy 127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ")]
    public void A_proxy_that_hangs_is_given_up_in_time(string start)
    {
        using var proxy = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(start);
            connection.Hang();
        });
        using var client = Client("https://monitoring.example/", $"127.0.0.1:{proxy.Port}");
        var clock = Stopwatch.StartNew();

        var failure = Assert.Throws<TransportException>(() => client.Post("x", new Deadline(TimeSpan.FromMilliseconds(500))));

        Assert.Equal($"The proxy 127.0.0.1:{proxy.Port} does not answer in time.", failure.Message);
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(480), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void The_deadline_holds_in_the_tunnel_too()
    {
        using var certificate = _certificates.For("localhost");
        using var server = new ScriptedServer(connection =>
        {
            connection.AuthenticateAsServer(certificate);
            Scripts.ReadAndHang(connection);
        });
        using var proxy = new ScriptedServer(TestProxy.Tunnel());
        using var client = Client(server, $"127.0.0.1:{proxy.Port}");
        var clock = Stopwatch.StartNew();

        // Long enough for the handshake on a busy machine.
        Assert.True(Assert.Throws<TransportException>(() => client.Post("x", new Deadline(TimeSpan.FromSeconds(3)))).WasSent);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(2.98), TimeSpan.FromSeconds(9));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\ntoo much")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 200")]
    public void A_proxy_that_answers_nonsense_gets_no_request(string answer)
    {
        using var proxy = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(answer);
        });
        using var client = Client("https://monitoring.example/", $"127.0.0.1:{proxy.Port}");

        var failure = Assert.Throws<TransportException>(() => client.Post("x"));

        Assert.False(failure.WasSent);
        Assert.StartsWith($"The proxy 127.0.0.1:{proxy.Port} does not open a tunnel", failure.Message, StringComparison.Ordinal);
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public void Http_goes_to_the_proxy_with_the_whole_URL()
    {
        using var proxy = new ScriptedServer(Scripts.Answer(200, "ok"));
        using var client = Client("http://collector.example:8080/", $"http://user:pass@127.0.0.1:{proxy.Port}");

        Assert.Equal("ok", client.Post("first").Text());
        Assert.Equal("ok", client.Post("second").Text());

        Assert.Equal(["first", "second"], proxy.Requests.Select(request => request.Text));
        Assert.All(proxy.Requests, request =>
        {
            Assert.Equal("POST http://collector.example:8080/ HTTP/1.1", request.Line);
            Assert.Equal("Basic dXNlcjpwYXNz", request.Headers["Proxy-Authorization"]);
            Assert.Equal("test", request.Headers["Host"]);
        });
        Assert.Equal(1, client.ConnectionsOpened);
    }

    [Fact]
    public void A_proxy_that_wants_credentials_for_http_is_no_answer_of_CloudWatch()
    {
        using var proxy = new ScriptedServer(Scripts.Answer(407));
        using var client = Client("http://collector.example/", $"127.0.0.1:{proxy.Port}");

        var failure = Assert.Throws<TransportException>(() => client.Post("x"));

        Assert.False(failure.WasSent);
        Assert.Contains("asks for credentials", failure.Message, StringComparison.Ordinal);
    }

    private static ScriptedServer Server(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) => new(connection =>
    {
        connection.AuthenticateAsServer(certificate);
        Scripts.Answer(200, "ok")(connection);
    });

    private HttpConnection Client(ScriptedServer server, string proxy) => Client($"https://localhost:{server.Port}/", proxy);

    private HttpConnection Client(string origin, string proxy) =>
        new(new Uri(origin), new Network { TrustedRoots = _certificates.Roots, Proxies = ProxySettings.Of(new Uri(proxy.Contains("://") ? proxy : "http://" + proxy)) });
}
