using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>One connection as its script sees it: blocking, on a thread of its own.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly ScriptedServer _server;
    private readonly Socket _socket;
    private Stream _stream;

    public ServerConnection(ScriptedServer server, Socket socket)
    {
        _server = server;
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Speaks TLS from now on.</summary>
    public void AuthenticateAsServer(X509Certificate2 certificate)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        tls.AuthenticateAsServer(certificate);
    }

    /// <summary>Reads a whole request and counts it.</summary>
    public ReceivedRequest ReadRequest()
    {
        var line = ReadLine();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (ReadLine() is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            headers.Add(header[..colon], header[(colon + 1)..].Trim());
        }

        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), System.Globalization.CultureInfo.InvariantCulture)];
        _stream.ReadExactly(body);
        var request = new ReceivedRequest(line, headers, body);
        _server.Count(request);
        return request;
    }

    /// <summary>Reads some bytes, whatever they are.</summary>
    public int Read(byte[] buffer) => _stream.Read(buffer);

    public void Write(string text) => Write(Encoding.Latin1.GetBytes(text));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _stream.Flush();
    }

    /// <summary>A reply with Content-Length.</summary>
    public void Reply(int status, string body = "", string headers = "")
    {
        var extra = headers.Length == 0 ? string.Empty : headers + "\r\n";
        Write($"HTTP/1.1 {status} Reason\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{extra}\r\n{body}");
    }

    /// <summary>What CloudWatch says when it has the data.</summary>
    public void Accept() => Reply(200, "{}", "x-amzn-RequestId: 1");

    /// <summary>Does nothing until the server is disposed: the client waits in vain.</summary>
    public void Hang() => _server.Disposing.WaitOne();

    /// <summary>Goes on after a while, or at once when the server is disposed.</summary>
    public void Pause(TimeSpan time) => _server.Disposing.WaitOne(time);

    /// <summary>Ends the connection with RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            switch (_stream.ReadByte())
            {
                case -1:
                    throw new EndOfStreamException();
                case '\n':
                    return line.ToString().TrimEnd('\r');
                case var character:
                    line.Append((char)character);
                    break;
            }
        }
    }
}
