namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>A start, and then the same bytes for ever. Counts what was read.</summary>
internal sealed class EndlessStream : Stream
{
    private readonly byte[] _start;
    private readonly byte[] _repeated;
    private long _position;

    public EndlessStream(string start, string repeated)
    {
        _start = System.Text.Encoding.Latin1.GetBytes(start);
        _repeated = System.Text.Encoding.Latin1.GetBytes(repeated);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++, _position++)
        {
            buffer[i] = _position < _start.Length ? _start[_position] : _repeated[(_position - _start.Length) % _repeated.Length];
        }

        return buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
