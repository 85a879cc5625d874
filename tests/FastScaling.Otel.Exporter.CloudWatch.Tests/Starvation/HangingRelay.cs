using System.Net;
using System.Net.Sockets;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>
/// Stands before an endpoint and passes everything on, but when told to hang: then it takes what it is sent, answers
/// nothing, and notes how long the client waited.
/// </summary>
internal sealed class HangingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _target;
    private readonly Task _accepting;
    private int _hangs;

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
                _ = Interlocked.Exchange(ref _hangs, 0) == 1 ? HangAsync(client) : RelayAsync(client);
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
