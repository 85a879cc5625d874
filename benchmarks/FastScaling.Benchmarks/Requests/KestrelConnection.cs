using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// The smallest client there is: a socket that writes a request made beforehand and counts the ends of replies without
/// a body, so that little of what is measured is the client's.
/// </summary>
internal sealed class KestrelConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly byte[] _requests;
    private readonly int _count;

    /// <param name="address">Of the service.</param>
    /// <param name="count">How many requests are written at once.</param>
    public KestrelConnection(Uri address, int count)
    {
        _count = count;
        _requests = Encoding.ASCII.GetBytes(string.Concat(
            Enumerable.Repeat($"GET {Service.Path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n", count)));
        _socket.Connect(IPAddress.Loopback, address.Port);
    }

    /// <summary>Sends the requests and waits for as many replies.</summary>
    public void Request()
    {
        _socket.Send(_requests);
        var replies = 0;
        var kept = 0;
        while (replies < _count)
        {
            var length = _socket.Receive(_received, kept, _received.Length - kept, SocketFlags.None);
            if (length == 0)
            {
                throw new IOException("The service closed the connection.");
            }

            var unread = _received.AsSpan(0, kept + length);
            for (var end = unread.IndexOf("\r\n\r\n"u8); end >= 0; end = unread.IndexOf("\r\n\r\n"u8))
            {
                if (!unread.StartsWith("HTTP/1.1 200"u8))
                {
                    throw new IOException("The service did not answer 200.");
                }

                replies++;
                unread = unread[(end + 4)..];
            }

            kept = unread.Length;
            unread.CopyTo(_received);
        }
    }

    public void Dispose() => _socket.Dispose();
}
