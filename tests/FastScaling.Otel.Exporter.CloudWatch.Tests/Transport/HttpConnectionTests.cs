using System.Net;
using System.Security.Cryptography;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class HttpConnectionTests
{
    [Fact]
    public void Many_requests_go_over_one_connection()
    {
        using var server = new ScriptedServer(connection =>
        {
            while (true)
            {
                connection.Reply(200, connection.ReadRequest().Text + "!");
            }
        });
        using var client = new HttpConnection(server.Uri);

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"{i}!", client.Post($"{i}").Text());
        }

        Assert.Equal(1, client.ConnectionsOpened);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nWRONG")]
    public void A_reply_that_ends_the_connection_is_followed_by_a_new_one(string reply)
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(reply);
        });
        using var client = new HttpConnection(server.Uri);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("ok", client.Post($"{i}").Text());
        }

        Assert.Equal(3, client.ConnectionsOpened);
        Assert.Equal(["0", "1", "2"], server.Requests.Select(request => request.Text));
    }

    [Fact]
    public void Bytes_that_arrive_after_the_reply_are_not_taken_for_the_next_reply()
    {
        using var sent = new ManualResetEventSlim();
        using var server = new ScriptedServer(
            connection =>
            {
                connection.ReadRequest();
                connection.Reply(200, "ok");
                connection.Reply(200, "WRONG");
                sent.Set();
                connection.Hang();
            },
            Scripts.Answer(200, "ok"));
        using var client = new HttpConnection(server.Uri);

        Assert.Equal("ok", client.Post("0").Text());
        Assert.True(sent.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal("ok", client.Post("1").Text());
        Assert.Equal(2, client.ConnectionsOpened);
    }

    [Fact]
    public void A_connection_that_the_server_closed_in_silence_is_noticed_before_sending()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Reply(200, "ok");
        });
        using var client = new HttpConnection(server.Uri);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ok", client.Post($"{i}").Text());
            server.WaitForClose();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), server.Requests.Select(request => request.Text));
        Assert.Equal(20, client.ConnectionsOpened);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_without_reply_is_not_sent_again(bool isReset)
    {
        using var server = new ScriptedServer(
            connection =>
            {
                connection.ReadRequest();
                connection.Reply(200, "ok");
                connection.ReadRequest();
                if (isReset)
                {
                    connection.Reset();
                }
            },
            Scripts.Answer(200, "again"));
        using var client = new HttpConnection(server.Uri);
        client.Post("0");

        var failure = Assert.Throws<TransportException>(() => client.Post("1"));

        Assert.True(failure.WasSent);
        Assert.Equal(["0", "1"], server.Requests.Select(request => request.Text));
        Assert.Equal("again", client.Post("2").Text());
        Assert.Equal(["0", "1", "2"], server.Requests.Select(request => request.Text));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n")]
    [InlineData("")]
    public void A_reply_that_is_not_whole_leaves_the_outcome_open(string reply)
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(reply);
        });
        using var client = new HttpConnection(server.Uri);

        var failure = Assert.Throws<TransportException>(() => client.Post("x"));

        Assert.True(failure.WasSent);
        Assert.Single(server.Requests);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void A_kept_connection_that_breaks_while_sending_is_replaced_once_and_the_request_arrives_whole_once()
    {
        var body = new string('x', 16 * 1024 * 1024);
        using var server = new ScriptedServer(
            connection =>
            {
                connection.ReadRequest();
                connection.Reply(200, "ok");
                connection.Read(new byte[1000]);
                connection.Reset();
            },
            Scripts.Answer(200, "ok"));
        using var client = new HttpConnection(server.Uri);
        client.Post("first");

        Assert.Equal("ok", client.Post(body).Text());
        Assert.Equal(2, client.ConnectionsOpened);
        Assert.Equal(["first", body], server.Requests.Select(request => request.Text));
    }

    [Fact]
    public void A_new_connection_that_breaks_while_sending_is_a_request_that_was_not_sent()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.Read(new byte[1000]);
            connection.Reset();
        });
        using var client = new HttpConnection(server.Uri);

        var failure = Assert.Throws<TransportException>(() => client.Post(new byte[16 * 1024 * 1024]));

        Assert.False(failure.WasSent);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void A_refused_connection_is_a_request_that_was_not_sent()
    {
        Uri closed;
        using (var server = new ScriptedServer(Scripts.AcceptAll))
        {
            closed = server.Uri;
        }

        using var client = new HttpConnection(closed);

        var failure = Assert.Throws<TransportException>(() => client.Post("x"));

        Assert.False(failure.WasSent);
        Assert.Contains(closed.Authority, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, client.ConnectionsOpened);
    }

    [Theory]
    [InlineData("http://does-not-exist.invalid/")]
    [InlineData("http://0.0.0.0:9/")]
    [InlineData("http://[::]:9/")]
    public void A_host_that_cannot_be_connected_to_is_a_request_that_was_not_sent(string uri)
    {
        using var client = new HttpConnection(new Uri(uri));

        Assert.False(Assert.Throws<TransportException>(() => client.Post("x")).WasSent);
    }

    [Fact]
    public void A_large_body_reaches_a_slow_reader_unchanged()
    {
        var body = new byte[6 * 1024 * 1024];
        new Random(1).NextBytes(body);
        using var server = new ScriptedServer(connection =>
        {
            // Nothing is read until the client has filled all buffers and has to wait.
            connection.Pause(TimeSpan.FromMilliseconds(300));
            var request = connection.ReadRequest();
            connection.Reply(200, Convert.ToHexString(SHA256.HashData(request.Body)));
        });
        using var client = new HttpConnection(server.Uri);

        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), client.Post(body).Text());
    }

    [Fact]
    public void A_name_with_several_addresses_is_tried_address_by_address()
    {
        using var server = new ScriptedServer(Scripts.Answer(200, "ok"));
        using var client = new HttpConnection(new Uri($"http://localhost:{server.Port}/"));

        Assert.Equal("ok", client.Post("x").Text());
    }

    [Fact]
    public void It_speaks_IPv6()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "The machine has no IPv6.");
        using var server = new ScriptedServer(IPAddress.IPv6Loopback, Scripts.Answer(200, "ok"));
        using var client = new HttpConnection(new Uri($"http://[::1]:{server.Port}/"));

        Assert.Equal("ok", client.Post("x").Text());
    }

    [Fact]
    public void Disposing_closes_the_connection()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        var client = new HttpConnection(server.Uri);
        client.Post("x");

        client.Dispose();

        server.WaitForClose();
    }
}
