using System.Globalization;
using System.Text;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class HttpReplyReaderTests
{
    private static HttpReply Read(string reply, params int[] sizes) =>
        new HttpReplyReader(new PieceStream(Encoding.Latin1.GetBytes(reply), sizes.Length == 0 ? [int.MaxValue] : sizes)).Read();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", true)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello", true)]
    [InlineData("HTTP/1.1 200 OK\ncontent-length:5\n\nhello", "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", "hello", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: Keep-Alive, Close\r\n\r\nhello", "hello", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello", "hello", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello", "hello", true)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nhello", "hello", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;a=b;c=\"d\"\r\nhe\r\n3 \r\nllo\r\n000\r\nTrailer: x\r\nOther: y\r\n\r\n", "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 77\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", "0123456789", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloleftover", "hello", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx", "", false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", true)]
    public void A_reply_is_read_whole_wherever_it_is_split(string reply, string body, bool keepsConnection)
    {
        for (var split = 1; split <= reply.Length; split++)
        {
            Check(Read(reply, split, int.MaxValue));
        }

        Check(Read(reply, 1));

        void Check(HttpReply read)
        {
            Assert.Equal(200, read.Status);
            Assert.Equal(body, read.Text());

            // What comes after the reply is only seen when it came along with its last piece.
            Assert.True(read.KeepsConnection == keepsConnection || reply.EndsWith("leftover", StringComparison.Ordinal) || reply.EndsWith('x'));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloleftover")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 1\r\n\r\nx")]
    public void A_connection_with_bytes_after_the_reply_is_not_kept(string reply) => Assert.False(Read(reply).KeepsConnection);

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public void A_status_without_body_has_none_whatever_the_headers_say(int status)
    {
        var reply = Read(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} x\r\nContent-Length: 5\r\n\r\n"));

        Assert.Equal(status, reply.Status);
        Assert.True(reply.Body.IsEmpty);
        Assert.True(reply.KeepsConnection);
    }

    [Fact]
    public void Headers_are_found_without_regard_to_case_and_repeated_ones_are_joined()
    {
        var reply = Read("HTTP/1.1 400 Bad\r\nX-One:  a \r\nx-one: b\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal("a, b", reply.Headers["x-ONE"]);
        Assert.Equal(string.Empty, reply.Headers["x-empty"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("HTTP/1.1 20\r\n\r\n")]
    [InlineData("HTTP/1.1 099 No\r\n\r\n")]
    [InlineData("HTTP/1.1 -20 No\r\n\r\n")]
    [InlineData("HTTP/1.1 abc No\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 No\r\n\r\n")]
    [InlineData("HTTP/1.1 200OK\r\n\r\n")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("<html>HTTP/1.1 200 OK</html>\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: no name\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\nx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    public void What_is_no_complete_reply_is_an_IOException(string reply)
    {
        Assert.Throws<IOException>(() => Read(reply));
        Assert.Throws<IOException>(() => Read(reply, 1));
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", "a")]
    [InlineData("HTTP/1.1 200 OK\r\n", "X: y\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "body ")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "000000")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "extension")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "Trailer: x\r\n")]
    public void A_reply_without_end_is_given_up_with_little_memory(string start, string repeated)
    {
        using var stream = new EndlessStream(start, repeated);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<IOException>(new HttpReplyReader(stream).Read);

        // One body of the longest allowed, in chunks of a byte at worst; a buffer that doubles; strings for the lines.
        Assert.InRange(stream.Position, 1, 8 * 1024 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512L * 1024 * 1024);
    }

    [Fact]
    public void The_longest_allowed_body_is_read()
    {
        var body = new string('x', 1024 * 1024);

        Assert.Equal(body, Read($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}").Text());
        Assert.Equal(body, Read($"HTTP/1.1 200 OK\r\n\r\n{body}").Text());
        Assert.Equal(body, Read($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n").Text());
    }
}
