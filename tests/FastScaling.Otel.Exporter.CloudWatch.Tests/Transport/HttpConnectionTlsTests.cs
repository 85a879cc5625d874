using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public sealed class HttpConnectionTlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public void Requests_go_over_one_connection_to_a_trusted_server(string host)
    {
        using var certificate = _certificates.For("localhost");
        using var server = Server(certificate, Scripts.Answer(200, "ok"));
        using var client = Client(server, host);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("ok", client.Post($"{i}").Text());
        }

        Assert.Equal(1, client.ConnectionsOpened);
        Assert.Equal(10, server.Requests.Count);
    }

    [Fact]
    public void It_speaks_TLS_over_IPv6()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "The machine has no IPv6.");
        using var certificate = _certificates.For("localhost");
        using var server = new ScriptedServer(IPAddress.IPv6Loopback, connection =>
        {
            connection.AuthenticateAsServer(certificate);
            Scripts.Answer(200, "ok")(connection);
        });
        using var client = Client(server, "[::1]");

        Assert.Equal("ok", client.Post("x").Text());
    }

    [Fact]
    public void A_server_that_closes_after_each_reply_gets_a_new_handshake_each_time()
    {
        using var certificate = _certificates.For("localhost");
        using var server = Server(certificate, connection =>
        {
            connection.ReadRequest();
            connection.Reply(200, "ok");
        });
        using var client = Client(server);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("ok", client.Post($"{i}").Text());
            server.WaitForClose();
        }

        Assert.Equal(5, client.ConnectionsOpened);
        Assert.Equal(["0", "1", "2", "3", "4"], server.Requests.Select(request => request.Text));
    }

    [Fact]
    public void A_certificate_for_another_host_is_refused()
    {
        using var certificate = _certificates.For("other.example", withLoopback: false);
        IsRefused(certificate, _certificates.Roots);
    }

    [Fact]
    public void An_expired_certificate_is_refused()
    {
        using var certificate = _certificates.For("localhost", isExpired: true);
        IsRefused(certificate, _certificates.Roots);
    }

    [Fact]
    public void A_certificate_of_another_root_is_refused()
    {
        using var others = new TestCertificates();
        using var certificate = others.For("localhost");
        IsRefused(certificate, _certificates.Roots);
    }

    [Fact]
    public void A_certificate_that_the_system_does_not_trust_is_refused()
    {
        using var certificate = _certificates.For("localhost");
        IsRefused(certificate, trustedRoots: null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(60)]
    public void A_server_that_stops_in_the_middle_of_the_handshake_is_given_up_in_time(int bytes)
    {
        using var certificate = _certificates.For("localhost");
        using var server = new ScriptedServer(connection =>
        {
            // The start of a handshake record that announces more than comes.
            var record = new byte[bytes];
            ReadOnlySpan<byte> start = [0x16, 0x03, 0x03, 0x10, 0x00];
            start[..Math.Min(bytes, start.Length)].CopyTo(record);
            connection.Read(new byte[1]);
            connection.Write(record);
            connection.Hang();
        });
        using var client = Client(server);
        var time = TimeSpan.FromMilliseconds(400);
        var clock = Stopwatch.StartNew();

        var failure = Assert.Throws<TransportException>(() => client.Post("x", new Deadline(time)));

        Assert.False(failure.WasSent);
        Assert.InRange(clock.Elapsed, time - TimeSpan.FromMilliseconds(20), time + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_server_that_speaks_no_TLS_gets_no_request()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.Read(new byte[1]);
            connection.Reply(200, "ok");
        });
        using var client = Client(server);

        Assert.False(Assert.Throws<TransportException>(() => client.Post("x")).WasSent);
    }

    private void IsRefused(X509Certificate2 certificate, X509Certificate2Collection? trustedRoots)
    {
        using var server = Server(certificate, Scripts.Answer(200, "ok"));
        using var client = new HttpConnection(new Uri($"https://localhost:{server.Port}/"), new Network { TrustedRoots = trustedRoots });

        var failure = Assert.Throws<TransportException>(() => client.Post("secret"));

        Assert.False(failure.WasSent);
        Assert.Empty(server.Requests);
    }

    private static ScriptedServer Server(X509Certificate2 certificate, Action<ServerConnection> script) => new(connection =>
    {
        connection.AuthenticateAsServer(certificate);
        script(connection);
    });

    private HttpConnection Client(ScriptedServer server, string host = "localhost") =>
        new(new Uri($"https://{host}:{server.Port}/"), new Network { TrustedRoots = _certificates.Roots });
}
