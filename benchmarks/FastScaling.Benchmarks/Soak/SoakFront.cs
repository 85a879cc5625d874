using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FastScaling.Benchmarks.Soak;

/// <summary>
/// Stands before two CloudWatches and injects faults. What is taken goes to the one; a call that is lost, although the exporter cannot know
/// it, goes to the other. So both together hold all that ever came in full, and it is known what became of each datum.
/// </summary>
internal sealed class SoakFront : IAsyncDisposable
{
    private static readonly TimeSpan SlowReply = TimeSpan.FromSeconds(1.5);

    // Longer than an export interval: a connection that waits for its next request is told to close with the answer to that.
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(8);

    private static readonly byte[] Error = Reply("500 Internal Server Error", """{"__type":"InternalFailure"}""");
    private static readonly byte[] Throttling = Reply("400 Bad Request", """{"__type":"com.amazonaws.cloudwatch#ThrottlingException","message":"Rate exceeded"}""");
    private static readonly byte[] Garbage = "SSH-2.0-OpenSSH_9.6\r\n\r\n"u8.ToArray();

    private readonly int _heldPort;
    private readonly int _lostPort;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;
    private volatile SoakFault _fault;
    private volatile bool _isDraining;
    private int _turn;

    /// <param name="port">Where it listens, on the loopback address.</param>
    /// <param name="held">Takes what is taken.</param>
    /// <param name="lost">Takes what is lost.</param>
    public SoakFront(int port, Uri held, Uri lost)
    {
        (_heldPort, _lostPort) = (held.Port, lost.Port);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Requests that came in full, by the fault that they met.</summary>
    public ConcurrentDictionary<SoakFault, int> Calls { get; } = new();

    public void Become(SoakFault fault) => _fault = fault;

    /// <summary>As a good server stops: no new connections, and each of the others ends with an answer.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDraining = true;
        _listener.Stop();
        await _accepting;
        await Task.WhenAny(Task.WhenAll(_connections.Keys), Task.Delay(LongestDrain));
        await _ending.CancelAsync();
        await Task.WhenAll(_connections.Keys);
        _ending.Dispose();
    }

    private static byte[] Reply(string status, string body) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nx-amzn-RequestId: 1\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<byte[]> DeliverAsync(byte[] request, int port, CancellationToken cancellationToken)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await server.GetStream().WriteAsync(request, cancellationToken);
        return await HttpMessage.ReadAsync(server.GetStream(), cancellationToken) ?? throw new IOException("The local CloudWatch did not answer.");
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = ServeAsync(await _listener.AcceptTcpClientAsync());
                _connections.TryAdd(connection, true);
                _ = connection.ContinueWith(ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // It does not listen any more.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                while (await HttpMessage.ReadAsync(client.GetStream(), _ending.Token) is { } request)
                {
                    var fault = _fault;
                    Calls.AddOrUpdate(fault, 1, static (_, count) => count + 1);
                    if (!await AnswerAsync(client, request, fault))
                    {
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // The client has gone, or this ends.
            }
        }
    }

    /// <summary>Whether the connection goes on.</summary>
    private async Task<bool> AnswerAsync(TcpClient client, byte[] request, SoakFault fault)
    {
        // What has come in is obeyed to the end, whether this ends meanwhile or not: else nobody would know of it.
        var stream = client.GetStream();
        switch (fault)
        {
            case SoakFault.Errors or SoakFault.Throttled:
                await stream.WriteAsync(Last(fault == SoakFault.Errors ? Error : Throttling), _ending.Token);
                return !_isDraining;
            case SoakFault.Hang:
                await DeliverAsync(request, _lostPort, CancellationToken.None);
                await HttpMessage.ReadAsync(stream, _ending.Token);
                return false;
            case SoakFault.Cut:
                var whole = await DeliverAsync(request, HeldOrLost(), CancellationToken.None);
                await stream.WriteAsync(whole.AsMemory(0, 20), _ending.Token);
                client.LingerState = new LingerOption(true, 0);
                return false;
            case SoakFault.Garbage:
                await DeliverAsync(request, HeldOrLost(), CancellationToken.None);
                await stream.WriteAsync(Garbage, _ending.Token);
                return false;
            default:
                await Task.Delay(fault == SoakFault.Slow ? SlowReply : TimeSpan.Zero, CancellationToken.None);
                await stream.WriteAsync(Last(await DeliverAsync(request, _heldPort, CancellationToken.None)), _ending.Token);
                return !_isDraining;
        }
    }

    private byte[] Last(byte[] reply) => _isDraining ? HttpMessage.WithClose(reply) : reply;

    private int HeldOrLost() => Interlocked.Increment(ref _turn) % 2 == 0 ? _heldPort : _lostPort;
}
