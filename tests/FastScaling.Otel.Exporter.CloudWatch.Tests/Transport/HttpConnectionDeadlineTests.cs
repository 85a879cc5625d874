using System.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class HttpConnectionDeadlineTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    // What a busy machine may add. Without a deadline each of these calls would take for ever.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    [Fact]
    public void It_holds_when_connecting_gets_no_answer()
    {
        using var hole = new BlackHole();

        Assert.False(FailsInTime(hole.Uri).WasSent);
    }

    [Fact]
    public void It_holds_when_the_server_never_answers()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang);

        Assert.True(FailsInTime(server.Uri).WasSent);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("HTTP/1.1 200 OK\r\n", "X: y\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    public void It_holds_when_the_server_trickles(string start, string repeated)
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Write(start);
            while (true)
            {
                connection.Pause(TimeSpan.FromMilliseconds(40));
                connection.Write(repeated);
            }
        });

        Assert.True(FailsInTime(server.Uri).WasSent);
    }

    [Fact]
    public void It_holds_when_interim_replies_come_without_end()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            while (true)
            {
                connection.Write("HTTP/1.1 100 Continue\r\n\r\n");
            }
        });

        Assert.True(FailsInTime(server.Uri).WasSent);
    }

    [Fact]
    public void It_holds_when_the_server_does_not_read()
    {
        using var server = new ScriptedServer(connection => connection.Hang());

        Assert.False(FailsInTime(server.Uri, new byte[32 * 1024 * 1024]).WasSent);
    }

    [Fact]
    public void It_holds_on_a_kept_connection_too()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Accept();
            Scripts.ReadAndHang(connection);
        });
        using var client = new HttpConnection(server.Uri);
        client.Post("x", Calls.Ample);

        Assert.True(FailsInTime(client, [], new Deadline(Time)).WasSent);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void Nothing_is_sent_when_it_has_passed_already()
    {
        using var server = new ScriptedServer(Scripts.AcceptAll);
        using var client = new HttpConnection(server.Uri);

        Assert.False(Assert.Throws<TransportException>(() => client.Post("x", new Deadline(TimeSpan.Zero))).WasSent);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Cancelling_ends_a_call_that_waits_for_its_reply()
    {
        using var server = new ScriptedServer(Scripts.ReadAndHang);
        var deadline = new Deadline(TimeSpan.FromSeconds(30));
        var cancelling = new Thread(() =>
        {
            server.WaitForRequest();
            deadline.Cancel();
        });
        cancelling.Start();

        Assert.True(FailsInTime(new HttpConnection(server.Uri), [], deadline).WasSent);
        cancelling.Join();
    }

    [Fact]
    public void Cancelling_ends_a_call_that_waits_for_its_connection()
    {
        using var hole = new BlackHole();
        var deadline = new Deadline(TimeSpan.FromSeconds(30));
        var cancelling = new Thread(() =>
        {
            // That the call waits for its connection is no event that could be waited for.
            hole.Pause(Time / 2);
            deadline.Cancel();
        });
        cancelling.Start();

        Assert.False(FailsInTime(new HttpConnection(hole.Uri), [], deadline).WasSent);
        cancelling.Join();
    }

    private static TransportException FailsInTime(Uri uri, byte[]? body = null) =>
        FailsInTime(new HttpConnection(uri), body ?? [], new Deadline(Time), Time);

    private static TransportException FailsInTime(HttpConnection client, byte[] body, Deadline deadline, TimeSpan atLeast = default)
    {
        using (client)
        {
            var start = Stopwatch.GetTimestamp();
            var failure = Assert.Throws<TransportException>(() => client.Post(body, deadline));
            Assert.InRange(Stopwatch.GetElapsedTime(start), atLeast - TimeSpan.FromMilliseconds(20), atLeast + Margin);
            return failure;
        }
    }
}
