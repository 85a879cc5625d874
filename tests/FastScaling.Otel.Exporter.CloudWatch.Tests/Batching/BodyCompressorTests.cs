using System.IO.Compression;
using FastScaling.Otel.Exporter.CloudWatch.Batching;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Batching;

public class BodyCompressorTests
{
    [Fact]
    public void A_small_body_stays_as_it_is()
    {
        using var compressor = new BodyCompressor();
        var body = new byte[BodyCompressor.MinimumSize - 1];

        Assert.True(compressor.Compress(body, out var isCompressed).Equals(body.AsMemory()));

        Assert.False(isCompressed);
    }

    [Fact]
    public void Large_bodies_are_compressed_one_after_the_other()
    {
        using var compressor = new BodyCompressor();
        foreach (var size in new[] { BodyCompressor.MinimumSize * 10, BodyCompressor.MinimumSize, BodyCompressor.MinimumSize * 3 })
        {
            var body = Enumerable.Range(0, size).Select(i => (byte)(i / 7)).ToArray();

            var compressed = compressor.Compress(body, out var isCompressed);

            Assert.True(isCompressed);
            Assert.InRange(compressed.Length, 1, size - 1);
            using var gzip = new GZipStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            using var read = new MemoryStream();
            gzip.CopyTo(read);
            Assert.Equal(body, read.ToArray());
        }
    }

    [Fact]
    public void The_level_is_a_choice()
    {
        var body = Enumerable.Range(0, 100_000).Select(i => (byte)(i * i / 1000)).ToArray();
        using var fastest = new BodyCompressor();
        using var smallest = new BodyCompressor(CompressionLevel.SmallestSize);

        Assert.True(smallest.Compress(body, out _).Length < fastest.Compress(body, out _).Length);
    }
}
