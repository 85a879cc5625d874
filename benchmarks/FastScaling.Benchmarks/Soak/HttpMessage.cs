using System.Globalization;
using System.Text;

namespace FastScaling.Benchmarks.Soak;

/// <summary>Reads requests and replies as bytes, as they are: enough HTTP/1.1 for a client and a server that both say how long a body is.</summary>
internal static class HttpMessage
{
    private const string LengthHeader = "content-length:";

    /// <summary>The next message with its head and body; null when there is none any more.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var total = int.MaxValue;
        while (bytes.Length < total)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return null;
            }

            bytes.Write(buffer.AsSpan(0, read));
            if (total == int.MaxValue && HeadLength(bytes) is > 0 and var head)
            {
                total = head + BodyLength(Encoding.Latin1.GetString(bytes.GetBuffer(), 0, head));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The same reply, after which the connection ends.</summary>
    public static byte[] WithClose(byte[] reply)
    {
        var line = reply.AsSpan().IndexOf("\r\n"u8) + 2;
        return [.. reply.AsSpan(0, line), .. "Connection: close\r\n"u8, .. reply.AsSpan(line)];
    }

    private static int HeadLength(MemoryStream bytes) =>
        bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("\r\n\r\n"u8) is >= 0 and var at ? at + 4 : 0;

    private static int BodyLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan(LengthHeader.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
