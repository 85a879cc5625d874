using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>
/// A synchronous HTTP/1.1 client for one origin, with at most one connection, which is kept. Not thread-safe.
/// </summary>
/// <remarks>
/// HttpClient is not used because it opens connections, and runs its time-outs, on the thread pool even for synchronous
/// calls: in a process whose pool is starved a new connection took more than a minute, which is when we are needed.
/// </remarks>
internal sealed class HttpConnection : IDisposable
{
    private readonly Uri _origin;
    private readonly X509Certificate2Collection? _trustedRoots;
    private readonly byte[] _replyBuffer = new byte[HttpReplyReader.BufferSize];
    private Socket? _socket;
    private DeadlineStream? _transport;
    private Stream? _stream;

    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="trustedRoots">Trusted in place of the system's certificates, or null.</param>
    public HttpConnection(Uri origin, X509Certificate2Collection? trustedRoots = null)
    {
        _origin = origin;
        _trustedRoots = trustedRoots;
    }

    /// <summary>Connections opened so far.</summary>
    public long ConnectionsOpened { get; private set; }

    /// <summary>Sends a request and reads the reply.</summary>
    /// <param name="head">Request line and headers, with the empty line at the end.</param>
    /// <param name="body">The body, for which the head gives the length.</param>
    /// <param name="deadline">The time that all of it may take.</param>
    /// <exception cref="TransportException">No complete reply came.</exception>
    public HttpReply Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Deadline deadline)
    {
        CloseIfStale();
        var isReused = _stream is not null;
        if (!TrySend(head, body, deadline, out var failure) && !(isReused && TrySend(head, body, deadline, out failure)))
        {
            // Once more on a new connection when a kept one broke: a request that was not sent in full was not obeyed.
            throw new TransportException(failure!.Message, wasSent: false, failure);
        }

        try
        {
            var reply = new HttpReplyReader(_stream!, _replyBuffer).Read();
            if (!reply.KeepsConnection)
            {
                Close();
            }

            return reply;
        }
        catch (Exception exception)
        {
            // Whatever a network or a server makes the framework throw: there is no reply.
            Close();
            throw new TransportException(exception.Message, wasSent: true, exception);
        }
    }

    public void Dispose() => Close();

    private bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Deadline deadline, out Exception? failure)
    {
        failure = null;
        try
        {
            if (_stream is null)
            {
                Open(deadline);
            }

            _transport!.Deadline = deadline;
            _stream!.Write(head);
            _stream.Write(body);
            return true;
        }
        catch (Exception exception)
        {
            // Not only sockets fail: a name that cannot be looked up, for one, is an ArgumentException.
            Close();
            failure = exception;
            return false;
        }
    }

    private void Open(Deadline deadline)
    {
        _socket = Connect(deadline);
        ConnectionsOpened++;
        _transport = new DeadlineStream(_socket, deadline);
        _stream = _transport;
        if (_origin.Scheme == Uri.UriSchemeHttps)
        {
            var tls = new SslStream(_transport);
            _stream = tls;
            tls.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = _origin.IdnHost,
                CertificateChainPolicy = ChainPolicy(),
            });
        }
    }

    private X509ChainPolicy ChainPolicy()
    {
        // Fetching missing certificates or revocation lists would need HttpClient, and so the thread pool.
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };

        if (_trustedRoots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_trustedRoots);
        }

        return policy;
    }

    private Socket Connect(Deadline deadline)
    {
        var addresses = Dns.GetHostAddresses(_origin.IdnHost);
        Exception? failure = null;
        for (var i = 0; i < addresses.Length; i++)
        {
            // Each address gets its share of the time that is left, so that a dead first one leaves some to the others.
            var share = deadline.Share(addresses.Length - i);
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                Connect(socket, new IPEndPoint(addresses[i], _origin.Port), share);
                return socket;
            }
            catch (Exception exception)
            {
                // The next address may work.
                socket.Dispose();
                failure = exception;
            }
        }

        throw new IOException($"No connection to {_origin.Authority}: {failure?.Message ?? "the name has no address."}", failure);
    }

    private static void Connect(Socket socket, IPEndPoint address, Deadline deadline)
    {
        socket.NoDelay = true;
        socket.Blocking = false;
        try
        {
            socket.Connect(address);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            SocketWait.Until(socket, SelectMode.SelectWrite, deadline);
            var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != 0)
            {
                throw new SocketException(error);
            }
        }
    }

    /// <summary>
    /// An idle connection on which something can be read has been closed by the server, or is out of step: noticed
    /// before a request is sent into it, nothing is in doubt.
    /// </summary>
    private void CloseIfStale()
    {
        try
        {
            if (_socket?.Poll(TimeSpan.Zero, SelectMode.SelectRead) == true)
            {
                Close();
            }
        }
        catch (SocketException)
        {
            Close();
        }
    }

    private void Close()
    {
        // The socket first, so that disposing the TLS stream cannot write to it and wait.
        _socket?.Dispose();
        _stream?.Dispose();
        _transport?.Dispose();
        _socket = null;
        _transport = null;
        _stream = null;
    }
}
