using System.IO.Compression;
using System.Net;
using System.Text;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class RequestBodyTests
{
    private const int Limit = 1_048_576;

    [Theory]
    [InlineData(Wire.Json, false)]
    [InlineData(Wire.Cbor, false)]
    [InlineData(Wire.Json, true)]
    [InlineData(Wire.Cbor, true)]
    [InlineData(Wire.Query, false)]
    [InlineData(Wire.Query, true)]
    public async Task A_body_of_just_the_limit_is_accepted_and_one_byte_more_is_not(Wire wire, bool gzip)
    {
        await using var local = await Local.StartAsync();

        var most = await local.SendAsync(wire, "PutMetricData", Body(wire, Limit), gzip);
        var more = await local.SendAsync(wire, "PutMetricData", Body(wire, Limit + 1), gzip);

        Assert.True(most.IsOk, most.Message);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLarge"), (more.Status, more.Code));
        Assert.Contains("exceeded 1048576 bytes", more.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_body_without_a_length_is_refused()
    {
        await using var local = await Local.StartAsync();
        var request = Local.Request(Wire.Json, "PutMetricData", Body(Wire.Json, Limit + 1));
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal("RequestEntityTooLarge", (await local.SendAsync(request)).Code);
    }

    [Fact]
    public async Task A_bomb_is_not_inflated()
    {
        await using var local = await Local.StartAsync();
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize))
        {
            var zeros = new byte[Limit];
            for (var i = 0; i < 512; i++)
            {
                gzip.Write(zeros);
            }
        }

        var before = GC.GetTotalAllocatedBytes();
        var reply = await local.SendAsync(Gzipped(Wire.Json, bomb.ToArray()));

        Assert.Equal("RequestEntityTooLarge", reply.Code);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256L * Limit);
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task What_is_no_gzip_is_malformed(Wire wire)
    {
        await using var local = await Local.StartAsync();
        var whole = Local.Gzip(Body(wire, 2000));
        var flipped = (byte[])whole.Clone();
        flipped[^6] ^= 1;

        foreach (var body in (byte[][])[[], [1, 2, 3], Body(wire, 200), whole[..^20], whole[..12], flipped])
        {
            var reply = await local.SendAsync(Gzipped(wire, body));
            Assert.Equal((HttpStatusCode.BadRequest, "MalformedHttpRequestException"), (reply.Status, reply.Code));
        }

        Assert.Empty(local.Server.GetSeries());
    }

    [Fact]
    public async Task Another_content_encoding_is_malformed()
    {
        await using var local = await Local.StartAsync();
        var request = Local.Request(Wire.Json, "PutMetricData", Body(Wire.Json, 200));
        request.Content!.Headers.ContentEncoding.Add("br");

        Assert.Equal("MalformedHttpRequestException", (await local.SendAsync(request)).Code);
    }

    [Fact]
    public async Task The_receipt_tells_what_came_over_the_wire()
    {
        var receipts = new List<PutMetricDataReceipt>();
        await using var local = await Local.StartAsync(options => options.Received = receipts.Add);
        var body = Body(Wire.Json, 5000);

        await local.SendAsync(Wire.Json, "PutMetricData", body, gzip: true);
        await local.PutAsync(Wire.Query, Data.Datum(), Data.Datum());

        var first = receipts[0];
        Assert.Equal((TestClock.Noon, "Tests", 1, 5000, true, "json-1.0", "AKIDEXAMPLE"), (first.ReceivedAt, first.Namespace, first.DatumCount, first.RawBytes, first.IsGzip, first.Protocol, first.AccessKeyId));
        Assert.Equal(Local.Gzip(body).Length, first.SentBytes);
        Assert.Equal(("query", 2, false), (receipts[1].Protocol, receipts[1].DatumCount, receipts[1].IsGzip));
        Assert.Equal(receipts[1].SentBytes, receipts[1].RawBytes);
        Assert.Equal(first.ConnectionId, receipts[1].ConnectionId);
        Assert.Equal(2, receipts.Count);
    }

    /// <summary>A right body of exactly this size: members that nobody knows are ignored.</summary>
    private static byte[] Body(Wire wire, int size)
    {
        var put = Data.Put(Data.Datum());
        if (wire == Wire.Cbor)
        {
            // From 65,536 characters on a text of CBOR has a header of five bytes.
            var some = new string('x', 65_536);
            var overhead = Cbor.Of(put.With("Padding", some)).Length - some.Length;
            return Cbor.Of(put.With("Padding", new string('x', size - overhead)));
        }

        var length = (wire == Wire.Json ? put.With("Padding", "").ToJsonString() : $"{Form.Of("PutMetricData", put)}&Padding=").Length;
        var padding = new string('x', size - length);
        return Encoding.UTF8.GetBytes(wire == Wire.Json ? put.With("Padding", padding).ToJsonString() : $"{Form.Of("PutMetricData", put)}&Padding={padding}");
    }

    private static HttpRequestMessage Gzipped(Wire wire, byte[] body) => Local.Request(wire, "PutMetricData", body, gzip: true);
}
