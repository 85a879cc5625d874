using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Transport;

/// <summary>Opens connections to one origin: looks its name up, tries each address, and goes through the proxy and TLS.</summary>
internal sealed class Dialer
{
    private readonly Uri _origin;
    private readonly Network _network;
    private readonly ProxyServer? _proxy;

    /// <param name="origin">Scheme, host and port, in ASCII.</param>
    /// <param name="network">Certificates and look-ups.</param>
    /// <param name="proxy">The proxy for the origin, or null.</param>
    public Dialer(Uri origin, Network network, ProxyServer? proxy)
    {
        _origin = origin;
        _network = network;
        _proxy = proxy;
    }

    public bool IsTls => _origin.Scheme == Uri.UriSchemeHttps;

    /// <summary>Opens a connection on which a request can be sent. Throws whatever a network or a server makes the framework throw.</summary>
    public Wire Dial(Deadline deadline)
    {
        var wire = new Wire(Connect(deadline), deadline);
        try
        {
            if (IsTls)
            {
                if (_proxy is not null)
                {
                    OpenTunnel(wire, _proxy);
                }

                wire.Secure(new SslClientAuthenticationOptions
                {
                    TargetHost = _origin.IdnHost,
                    CertificateChainPolicy = ChainPolicy(),
                });
            }

            return wire;
        }
        catch
        {
            wire.Dispose();
            throw;
        }
    }

    private void OpenTunnel(Wire wire, ProxyServer proxy)
    {
        int status;
        try
        {
            wire.Stream.Write(Encoding.ASCII.GetBytes(proxy.ConnectHead(_origin.IdnHost, _origin.Port)));
            status = new HttpReplyReader(wire.Stream).ReadConnect();
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
            throw new IOException(proxy.Explain(status, _origin));
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
}
