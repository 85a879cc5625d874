using System.Net;
using System.Net.Sockets;

namespace FastScaling.Benchmarks.Experiments.Outage;

/// <summary>Stands before an endpoint, on a port that stays the same, and does what it is told to.</summary>
internal sealed class FaultyRelay : IAsyncDisposable
{
    private static readonly byte[] Failure = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

    private readonly Uri _target;
    private readonly int _port;
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private CancellationTokenSource _phase = new();
    private Task _accepting;

    public FaultyRelay(Uri target)
    {
        _target = target;
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(OutageKind.None, _phase.Token);
    }

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    /// <summary>From now on the endpoint does this; connections are cut.</summary>
    public async Task BecomeAsync(OutageKind kind)
    {
        await StopAsync();
        _phase = new CancellationTokenSource();
        if (kind != OutageKind.Refuses)
        {
            _listener = new TcpListener(IPAddress.Loopback, _port);
            _listener.Start();
            _accepting = AcceptAsync(kind, _phase.Token);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StopAsync()
    {
        await _phase.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _phase.Dispose();
    }

    private async Task AcceptAsync(OutageKind kind, CancellationToken ending)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(ending), kind, ending));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, OutageKind kind, CancellationToken ending)
    {
        using (client)
        {
            // Cut, and not closed in good order: the port is free again at once.
            client.LingerState = new LingerOption(true, 0);
            try
            {
                await (kind switch
                {
                    OutageKind.Hangs => SwallowAsync(client.GetStream(), ending),
                    OutageKind.Fails => FailAsync(client.GetStream(), ending),
                    _ => PassOnAsync(client.GetStream(), ending),
                });
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Either side has gone, or the phase is over.
            }
        }
    }

    private static async Task SwallowAsync(NetworkStream client, CancellationToken ending)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, ending) > 0)
        {
        }
    }

    // A connection that is cut while the client still writes would be another fault: the request is read first, of which
    // is only known here that a pause ends it.
    private static async Task FailAsync(NetworkStream client, CancellationToken ending)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, ending) > 0)
        {
            await Task.Delay(20, ending);
            if (!client.DataAvailable)
            {
                await client.WriteAsync(Failure, ending);
                await SwallowAsync(client, ending);
                return;
            }
        }
    }

    private async Task PassOnAsync(NetworkStream client, CancellationToken ending)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _target.Port, ending);
        await Task.WhenAny(client.CopyToAsync(server.GetStream(), ending), server.GetStream().CopyToAsync(client, ending));
    }
}
