namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>A stream that gives its bytes in pieces of the given sizes, again and again, however much is asked for.</summary>
internal sealed class PieceStream : Stream
{
    private readonly MemoryStream _bytes;
    private readonly int[] _sizes;
    private int _next;

    /// <param name="bytes">What can be read.</param>
    /// <param name="sizes">The most that each read returns, in turn; above 0.</param>
    public PieceStream(byte[] bytes, params int[] sizes)
    {
        _bytes = new MemoryStream(bytes);
        _sizes = sizes;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => _bytes.Read(buffer[..Math.Min(buffer.Length, _sizes[_next++ % _sizes.Length])]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
