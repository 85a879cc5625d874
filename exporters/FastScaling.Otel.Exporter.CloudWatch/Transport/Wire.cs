using System.Net.Security;
using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>An open connection: a socket, the stream over it, and TLS over that where it is wanted.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _socket;
    private readonly DeadlineStream _transport;

    /// <param name="socket">Connected and non-blocking; belongs to the wire.</param>
    /// <param name="deadline">The deadline of the call in progress.</param>
    public Wire(Socket socket, Deadline deadline)
    {
        _socket = socket;
        _transport = new DeadlineStream(socket, deadline);
        Stream = _transport;
    }

    /// <summary>What requests are written to, and replies read from.</summary>
    public Stream Stream { get; private set; }

    /// <summary>The deadline of the call in progress.</summary>
    public Deadline Deadline
    {
        get => _transport.Deadline;
        set => _transport.Deadline = value;
    }

    /// <summary>
    /// Whether an idle connection is of no use any more: when something can be read, the server has closed it, or it is out
    /// of step.
    /// </summary>
    public bool IsStale
    {
        get
        {
            try
            {
                return _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    /// <summary>From here on over TLS.</summary>
    public void Secure(SslClientAuthenticationOptions options)
    {
        var tls = new SslStream(_transport);
        Stream = tls;
        tls.AuthenticateAsClient(options);
    }

    public void Dispose()
    {
        // The socket first, so that disposing the TLS stream cannot write to it and wait.
        _socket.Dispose();
        Stream.Dispose();
        _transport.Dispose();
    }
}
