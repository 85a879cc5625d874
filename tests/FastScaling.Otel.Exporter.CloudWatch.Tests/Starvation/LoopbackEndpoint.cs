using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>A small HTTP endpoint on loopback, one request a connection. The test says what it answers.</summary>
internal sealed class LoopbackEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<(HttpStatusCode Status, string Body)> _answer;
    private readonly Task _accepting;

    public LoopbackEndpoint(Func<(HttpStatusCode Status, string Body)> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                while (await reader.ReadLineAsync(_stopping.Token) is { Length: > 0 })
                {
                    // The answer does not depend on the request.
                }

                var (status, body) = _answer();
                var reply = $"HTTP/1.1 {(int)status} {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(reply), _stopping.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
