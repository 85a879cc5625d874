using System.IO.Compression;
using System.Text.Json;

namespace FastScaling.Benchmarks;

/// <summary>Whether two bodies, compressed or not, say the same: an implementation that leaves something out is no match.</summary>
internal static class BodyComparison
{
    public static void ThrowIfDifferent(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual)
    {
        using var one = Parse(expected);
        using var other = Parse(actual);
        if (!JsonElement.DeepEquals(one.RootElement, other.RootElement))
        {
            throw new InvalidOperationException("The bodies that are compared do not hold the same data.");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span[0] == '{')
        {
            return JsonDocument.Parse(body);
        }

        using var gzip = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        return JsonDocument.Parse(gzip);
    }
}
