using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

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
    private readonly Network _network;
    private readonly ProxyServer? _proxy;
    private readonly byte[] _replyBuffer = new byte[HttpReplyReader.BufferSize];
    private Socket? _socket;
    private DeadlineStream? _transport;
    private Stream? _stream;

    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="network">Certificates, proxy and look-ups; null for the system's and no proxy.</param>
    public HttpConnection(Uri origin, Network? network = null)
    {
        _origin = AsciiUri.Of(origin);
        _network = network ?? Network.Direct;
        _proxy = _network.Proxies.For(_origin);
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
        var early = TrySend(head, body, deadline, out var failure);
        if (failure is not null && early is null && isReused)
        {
            // Once more on a new connection when a kept one broke: a request that was not sent in full was not obeyed.
            early = TrySend(head, body, deadline, out failure);
        }

        if (failure is not null && early is null)
        {
            throw new TransportException(failure.Message, wasSent: false, failure);
        }

        var reply = early ?? ReadReply();
        return reply.Status == 407 && _proxy is not null
            ? throw new TransportException(Explain(_proxy, reply.Status), wasSent: false)
            : reply;
    }

    public void Dispose() => Close();

    private HttpReply ReadReply()
    {
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

    /// <returns>What the server answered when it did not want the whole request; else null.</returns>
    private HttpReply? TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Deadline deadline, out Exception? failure)
    {
        failure = null;
        var isOpen = false;
        try
        {
            if (_stream is null)
            {
                Open(deadline);
            }

            isOpen = true;
            _transport!.Deadline = deadline;
            WriteHead(head);
            _stream!.Write(body);
            return null;
        }
        catch (Exception exception)
        {
            // Not only sockets fail: a name that cannot be looked up, for one, is an ArgumentException.
            failure = exception;
            var early = isOpen ? ReadEarlyError() : null;
            Close();
            return early;
        }
    }

    /// <summary>
    /// The error with which a server cuts off a request that it does not want, such as 413, before it closes. Anything
    /// else cannot be about a request that it has not read.
    /// </summary>
    private HttpReply? ReadEarlyError()
    {
        try
        {
            var reply = new HttpReplyReader(_stream!, _replyBuffer).Read();
            return reply.Status >= 400 ? reply with { KeepsConnection = false } : null;
        }
        catch (Exception)
        {
            return null; // The first failure tells more.
        }
    }

    private void WriteHead(ReadOnlySpan<byte> head)
    {
        if (_proxy is null || IsTls)
        {
            _stream!.Write(head);
            return;
        }

        // Without a tunnel the proxy needs the whole URL, and its credentials with every request.
        var path = head.IndexOf((byte)' ') + 1;
        _stream!.Write(
        [
            .. head[..path],
            .. Encoding.ASCII.GetBytes($"{_origin.Scheme}://{_origin.Authority}"),
            .. head[path..^2],
            .. Encoding.ASCII.GetBytes(_proxy.AuthorizationHeader),
            .. "\r\n"u8,
        ]);
    }

    private bool IsTls => _origin.Scheme == Uri.UriSchemeHttps;

    private void Open(Deadline deadline)
    {
        _socket = Connect(deadline);
        ConnectionsOpened++;
        _transport = new DeadlineStream(_socket, deadline);
        _stream = _transport;
        if (!IsTls)
        {
            return;
        }

        if (_proxy is not null)
        {
            OpenTunnel(_proxy);
        }

        var tls = new SslStream(_transport);
        _stream = tls;
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = _origin.IdnHost,
            CertificateChainPolicy = ChainPolicy(),
        });
    }

    private void OpenTunnel(ProxyServer proxy)
    {
        int status;
        try
        {
            _transport!.Write(Encoding.ASCII.GetBytes(proxy.ConnectHead(_origin.IdnHost, _origin.Port)));
            status = new HttpReplyReader(_transport, _replyBuffer).ReadConnect();
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The proxy {proxy} does not answer in time.", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"The proxy {proxy} does not open a tunnel: {exception.Message}", exception);
        }

        if (status is < 200 or >= 300)
        {
            throw new IOException(Explain(proxy, status));
        }
    }

    private string Explain(ProxyServer proxy, int status) => status switch
    {
        407 when proxy.AuthorizationHeader.Length == 0 => $"The proxy {proxy} asks for credentials (status 407). They belong into its URL.",
        407 => $"The proxy {proxy} does not accept the credentials in its URL (status 407).",
        502 or 503 or 504 => Format($"The proxy {proxy} cannot reach {_origin.Authority} (status {status})."),
        _ => Format($"The proxy {proxy} refuses to connect to {_origin.Authority} (status {status})."),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private X509ChainPolicy ChainPolicy()
    {
        // Fetching missing certificates or revocation lists would need HttpClient, and so the thread pool.
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };

        if (_network.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private Socket Connect(Deadline deadline)
    {
        var (host, port) = _proxy is null ? (_origin.IdnHost, _origin.Port) : (_proxy.Host, _proxy.Port);
        var name = _proxy is null ? _origin.Authority : $"the proxy {_proxy}";
        IPAddress[] addresses;
        try
        {
            addresses = _network.Lookup.Find(host, deadline);
        }
        catch (IOException exception)
        {
            throw new IOException($"No connection to {name}: {exception.Message}", exception);
        }

        Exception? failure = null;
        for (var i = 0; i < addresses.Length; i++)
        {
            // Each address gets its share of the time that is left, so that a dead first one leaves some to the others.
            var share = deadline.Share(addresses.Length - i);
            Socket? socket = null;
            try
            {
                // Making one fails, too: on a machine without IPv6, for an address of that.
                socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                Connect(socket, new IPEndPoint(addresses[i], port), share);
                return socket;
            }
            catch (Exception exception)
            {
                // The next address may work.
                socket?.Dispose();
                failure = exception;
            }
        }

        throw new IOException($"No connection to {name}: {failure!.Message}", failure);
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
