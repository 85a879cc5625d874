using System.Buffers.Binary;
using System.IO.Compression;
using FastScaling.LocalCloudWatch.Errors;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>Reads and inflates bodies, never more than the limit.</summary>
internal static class RequestBody
{
    /// <summary>
    /// 1 MB, "1 MB per HTTP POST request". That it means 1,048,576 bytes, and holds for the body both as sent and decompressed, is an assumption:
    /// AWS does not document which of the two it counts.
    /// </summary>
    public const int Limit = 1_048_576;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit)
        {
            throw CloudWatchError.RequestEntityTooLarge(request.ContentLength.Value, Limit);
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        await CopyAsync(request.Body, body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    public static bool IsGzip(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim() switch
        {
            "" or "identity" => false,
            var encoding when encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) => true,
            var encoding => throw CloudWatchError.MalformedHttpRequest($"The content encoding '{encoding}' is not supported."),
        };

    public static async Task<ReadOnlyMemory<byte>> InflateAsync(ReadOnlyMemory<byte> sent, CancellationToken cancellationToken)
    {
        using var source = new MemoryStream(sent.ToArray(), writable: false);
        using var body = new MemoryStream(sent.Length);
        try
        {
            await using var gzip = new GZipStream(source, CompressionMode.Decompress);
            await CopyAsync(gzip, body, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw CloudWatchError.MalformedHttpRequest($"The body is not valid gzip: {e.Message}");
        }

        // GZipStream takes a body that breaks off for one that ends. The length at the end of the format tells them apart.
        return sent.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(sent.Span[^4..]) == body.Length
            ? body.GetBuffer().AsMemory(0, (int)body.Length)
            : throw CloudWatchError.MalformedHttpRequest("The body is not valid gzip: it is empty, breaks off, or goes on after its end.");
    }

    private static async Task CopyAsync(Stream source, MemoryStream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[16_384];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            target.Write(buffer.AsSpan(0, read));
            if (target.Length > Limit)
            {
                throw CloudWatchError.RequestEntityTooLarge(target.Length, Limit);
            }
        }
    }
}
