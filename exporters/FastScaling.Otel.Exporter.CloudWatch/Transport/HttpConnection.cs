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
    private readonly Dialer _dialer;
    private readonly ProxyServer? _proxy;
    private readonly byte[] _replyBuffer = new byte[HttpReplyReader.BufferSize];
    private Wire? _wire;

    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="network">Certificates, proxy and look-ups; null for the system's and no proxy.</param>
    public HttpConnection(Uri origin, Network? network = null)
    {
        _origin = AsciiUri.Of(origin);
        network ??= Network.Direct;
        _proxy = network.Proxies.For(_origin);
        _dialer = new Dialer(_origin, network, _proxy);
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
        // Noticed before a request is sent into it, nothing is in doubt.
        if (_wire is { IsStale: true })
        {
            Close();
        }

        var isReused = _wire is not null;
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
            ? throw new TransportException(_proxy.Explain(reply.Status, _origin), wasSent: false)
            : reply;
    }

    public void Dispose() => Close();

    private HttpReply ReadReply()
    {
        try
        {
            var reply = new HttpReplyReader(_wire!.Stream, _replyBuffer).Read();
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
            if (_wire is null)
            {
                _wire = _dialer.Dial(deadline);
                ConnectionsOpened++;
            }

            isOpen = true;
            _wire.Deadline = deadline;
            WriteHead(_wire.Stream, head);
            _wire.Stream.Write(body);
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
            var reply = new HttpReplyReader(_wire!.Stream, _replyBuffer).Read();
            return reply.Status >= 400 ? reply with { KeepsConnection = false } : null;
        }
        catch (Exception)
        {
            return null; // The first failure tells more.
        }
    }

    private void WriteHead(Stream stream, ReadOnlySpan<byte> head)
    {
        if (_proxy is null || _dialer.IsTls)
        {
            stream.Write(head);
            return;
        }

        // Without a tunnel the proxy needs the whole URL, and its credentials with every request.
        var path = head.IndexOf((byte)' ') + 1;
        stream.Write(
        [
            .. head[..path],
            .. Encoding.ASCII.GetBytes($"{_origin.Scheme}://{_origin.Authority}"),
            .. head[path..^2],
            .. Encoding.ASCII.GetBytes(_proxy.AuthorizationHeader),
            .. "\r\n"u8,
        ]);
    }

    private void Close()
    {
        _wire?.Dispose();
        _wire = null;
    }
}
