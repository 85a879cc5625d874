using System.Globalization;
using System.Text;
using CsCheck;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Transport;

public class HttpReplyReaderProperties
{
    private static readonly Gen<string> Token = Gen.Char['a', 'z'].Array[1, 12].Select(characters => new string(characters));

    private static readonly Gen<byte[]> Body = Gen.Byte.Array[0, 20_000];

    // Names of our own, so that none of them is a header that frames the body.
    private static readonly Gen<Dictionary<string, string>> Headers = Gen.Select(Token, Gen.Char[' ', '~'].Array[0, 40], (name, value) => (Name: "x-" + name, Value: new string(value).Trim()))
        .Array[0, 20]
        .Select(headers => headers.DistinctBy(header => header.Name).ToDictionary(header => header.Name, header => header.Value));

    private static readonly Gen<int[]> Pieces = Gen.OneOf(
        Gen.Int[1, 3].Array[1, 8],
        Gen.Int[1, 10_000].Array[1, 8]);

    [Fact]
    public void Any_well_formed_reply_is_read_back_exactly_however_it_arrives() =>
        Gen.Select(Gen.Int[200, 599].Where(status => status is not (204 or 304)), Headers, Body, Gen.Int[0, 2], Gen.Int[1, 4_000].Array[1, 10], Gen.Int[0, 2], Pieces)
            .Sample((status, headers, body, framing, chunks, interim, pieces) =>
            {
                var reply = new HttpReplyReader(new PieceStream(Write(status, headers, body, framing, chunks, interim), pieces)).Read();

                Assert.Equal(status, reply.Status);
                Assert.Equal(body, reply.Body.ToArray());
                Assert.All(headers, header => Assert.Equal(header.Value, reply.Headers[header.Key]));
                Assert.Equal(framing != 0, reply.KeepsConnection);
            },
            iter: Depth.Of(2_000),
            threads: 1);

    [Fact]
    public void Garbage_gives_nothing_but_an_IOException() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 4], Pieces)
            .Sample((garbage, start, pieces) => ReadAnything([.. Encoding.Latin1.GetBytes(Starts[start]), .. garbage], pieces), iter: Depth.Of(20_000), threads: 1);

    [Fact]
    public void A_damaged_reply_gives_nothing_but_an_IOException() =>
        Gen.Select(Headers, Gen.Byte.Array[0, 200], Gen.Int[0, 2], Gen.Int[1, 50].Array[1, 5], Gen.Select(Gen.Int[0, 1_000], Gen.Byte).Array[1, 5], Pieces)
            .Sample((headers, body, framing, chunks, damage, pieces) =>
            {
                var bytes = Write(200, headers, body, framing, chunks, interim: 1);
                foreach (var (position, value) in damage)
                {
                    bytes[position % bytes.Length] = value;
                }

                ReadAnything(bytes, pieces);
            },
            iter: Depth.Of(10_000),
            threads: 1);

    private static string[] Starts { get; } =
    [
        string.Empty,
        "HTTP/1.1 ",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: ",
    ];

    private static void ReadAnything(byte[] bytes, int[] pieces)
    {
        try
        {
            var reply = new HttpReplyReader(new PieceStream(bytes, pieces)).Read();
            Assert.InRange(reply.Status, 200, 999);
            Assert.InRange(reply.Body.Length, 0, bytes.Length);
        }
        catch (IOException)
        {
            // The one exception that is allowed.
        }
    }

    private static byte[] Write(int status, Dictionary<string, string> headers, byte[] body, int framing, int[] chunks, int interim)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < interim; i++)
        {
            Append("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
        }

        Append(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Some reason\r\n"));
        foreach (var (name, value) in headers)
        {
            Append($"{name}: {value}\r\n");
        }

        switch (framing)
        {
            case 0:
                Append("\r\n");
                bytes.AddRange(body);
                break;
            case 1:
                Append(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"));
                bytes.AddRange(body);
                break;
            default:
                Append("Transfer-Encoding: chunked\r\n\r\n");
                for (var (start, i) = (0, 0); start < body.Length; i++)
                {
                    var chunk = body.AsSpan(start, Math.Min(chunks[i % chunks.Length], body.Length - start));
                    Append(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:X};x={i}\r\n"));
                    bytes.AddRange(chunk);
                    Append("\r\n");
                    start += chunk.Length;
                }

                Append("0\r\nTrailer: x\r\n\r\n");
                break;
        }

        return [.. bytes];

        void Append(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
