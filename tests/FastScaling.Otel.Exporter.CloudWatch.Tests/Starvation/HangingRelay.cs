using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>
/// Stands before an endpoint and passes everything on, but when told to hang, or to trickle: then it takes what it is sent, answers
/// nothing or next to nothing, and notes how long the client waited.
/// </summary>
internal sealed class HangingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _target;
    private readonly Task _accepting;
    private readonly ConcurrentQueue<(DateTimeOffset Sent, DateTimeOffset GivenUp)> _attempts = new();
    private int _hangs;
    private volatile EndpointTrouble _trouble;

    public HangingRelay(Uri target)
    {
        _target = target;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>When the client sent something that was never answered, and when it gave up.</summary>
    public TaskCompletionSource<(DateTimeOffset Sent, DateTimeOffset GivenUp)> Hung { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When each request that met trouble was sent and given up, in that order.</summary>
    public IReadOnlyList<(DateTimeOffset Sent, DateTimeOffset GivenUp)> Attempts => [.. _attempts.OrderBy(attempt => attempt.Sent)];

    /// <summary>What new connections meet from now on.</summary>
    public EndpointTrouble Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    /// <summary>The next connection gets no answer.</summary>
    public void HangOnce() => Interlocked.Exchange(ref _hangs, 1);

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
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _ = Interlocked.Exchange(ref _hangs, 0) == 1 ? HangAsync(client)
                    : Trouble == EndpointTrouble.None ? RelayAsync(client) : MeetTroubleAsync(client, Trouble);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task HangAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[64 * 1024];
                var read = await client.GetStream().ReadAsync(buffer, _stopping.Token);
                var sent = DateTimeOffset.UtcNow;
                while (read > 0)
                {
                    read = await client.GetStream().ReadAsync(buffer, _stopping.Token);
                }

                Hung.TrySetResult((sent, DateTimeOffset.UtcNow));
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                Hung.TrySetException(exception);
            }
        }
    }

    private async Task MeetTroubleAsync(TcpClient client, EndpointTrouble trouble)
    {
        using (client)
        using (var gone = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token))
        {
            DateTimeOffset? sent = null;
            var trickling = Task.CompletedTask;
            try
            {
                var buffer = new byte[64 * 1024];
                while (await client.GetStream().ReadAsync(buffer, _stopping.Token) > 0)
                {
                    if (sent is null)
                    {
                        sent = DateTimeOffset.UtcNow;
                        trickling = trouble == EndpointTrouble.Trickles ? TrickleAsync(client.GetStream(), gone.Token) : Task.CompletedTask;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // Given up with bytes of the answer unread, or the test is over.
            }

            if (sent is { } time)
            {
                _attempts.Enqueue((time, DateTimeOffset.UtcNow));
            }

            await gone.CancelAsync();
            await trickling;
        }
    }

    private static async Task TrickleAsync(NetworkStream stream, CancellationToken gone)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            foreach (var letter in "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray())
            {
                await stream.WriteAsync(new[] { letter }, gone);
                await timer.WaitForNextTickAsync(gone);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Nobody reads it any more.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target.Port, _stopping.Token);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), _stopping.Token),
                    server.GetStream().CopyToAsync(client.GetStream(), _stopping.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Either side has gone, or the test is over.
            }
        }
    }
}
