using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Scripts of a proxy: what it does with CONNECT.</summary>
internal static class TestProxy
{
    /// <summary>Opens the tunnel and passes on every byte, when the credentials are these.</summary>
    public static Action<ServerConnection> Tunnel(string? authorization = null) => connection =>
    {
        var request = connection.ReadRequest();
        if (request.Headers.GetValueOrDefault("Proxy-Authorization") != authorization)
        {
            connection.Reply(407, "who are you?", "Proxy-Authenticate: Basic realm=\"x\"\r\nConnection: close");
            return;
        }

        var authority = request.Line.Split(' ')[1];
        var colon = authority.LastIndexOf(':');
        using var target = new TcpClient(authority[..colon].Trim('[', ']'), int.Parse(authority[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        var back = new Thread(() => Pump(buffer => target.GetStream().Read(buffer, 0, buffer.Length), bytes => connection.Write(bytes))) { IsBackground = true };
        connection.Write("HTTP/1.1 200 Connection established\r\n\r\n");
        back.Start();
        Pump(connection.Read, bytes => target.GetStream().Write(bytes));
    };

    private delegate void Write(ReadOnlySpan<byte> bytes);

    private static void Pump(Func<byte[], int> read, Write write)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (read(buffer) is > 0 and var count)
            {
                write(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // One of the two has gone.
        }
    }
}
