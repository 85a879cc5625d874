using FastScaling.Benchmarks.Threads;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// Two threads with requests to the same endpoint, which hammer the same series, through the hosting layer without
/// sockets. Time per request is wall time through the requests of both.
/// </summary>
public class HostingTwoThreadsBenchmarks : RequestSuite
{
    private readonly ThreadLocal<IDirectConnection> _connection;
    private readonly ThreadPair _threads = new();
    private DirectServer? _server;
    private Service? _service;

    public HostingTwoThreadsBenchmarks() => _connection = new(() => _server!.Connect());

    protected override async Task StartAsync(Listening listening)
    {
        _server = new DirectServer();
        _service = await Service.StartAsync(listening, _server);
    }

    protected override void Request() => _threads.Run(Requests, Operations);

    protected override async Task StopAsync()
    {
        _threads.Dispose();
        _connection.Dispose();
        await _service!.DisposeAsync();
    }

    private void Requests(int count)
    {
        var connection = _connection.Value!;
        for (var i = 0; i < count; i++)
        {
            connection.Request();
        }
    }
}
