using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// A synchronous stream over a non-blocking socket in which every read and write gets what is left of the call's
/// deadline. (A plain receive time-out starts anew with every byte: a server that trickles would hold us for ever.)
/// </summary>
internal sealed class DeadlineStream : Stream
{
    private readonly Socket _socket;

    public DeadlineStream(Socket socket, Deadline deadline)
    {
        _socket = socket;
        Deadline = deadline;
    }

    /// <summary>The deadline of the call in progress.</summary>
    public Deadline Deadline { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            SocketWait.Until(_socket, SelectMode.SelectRead, Deadline);
            var received = _socket.Receive(buffer, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success:
                    return received;
                case SocketError.WouldBlock:
                    continue;
                default:
                    throw new IOException($"Receiving failed: {error}.", new SocketException((int)error));
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            WaitForSpace();
            var sent = _socket.Send(buffer, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success:
                    buffer = buffer[sent..];
                    break;
                case SocketError.WouldBlock:
                    break;
                default:
                    throw new IOException($"Sending failed: {error}.", new SocketException((int)error));
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>
    /// Waits until more can be sent, but not to the end when the server says something instead of reading on. (Not at
    /// once: over TLS it may be a session ticket.)
    /// </summary>
    private void WaitForSpace()
    {
        var half = Deadline.RemainingOrThrow() / 2;
        while (!_socket.Poll(SocketWait.Slice < half ? SocketWait.Slice : half, SelectMode.SelectWrite))
        {
            if (Deadline.RemainingOrThrow() < half && _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                throw new IOException("The server does not read on.");
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _socket.Dispose();
        }

        base.Dispose(disposing);
    }
}
