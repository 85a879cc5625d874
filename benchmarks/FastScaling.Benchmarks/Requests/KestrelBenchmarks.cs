using BenchmarkDotNet.Attributes;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// A request through Kestrel over loopback, with the client in the same process. One at a time, most of the time is the
/// kernel's; 16 at once (HTTP/1.1 pipelining) share the way, and what the server does for each is seen better.
/// </summary>
public class KestrelBenchmarks : RequestSuite
{
    private Service? _service;
    private KestrelConnection? _connection;

    [Params(1, 16)]
    public int AtOnce { get; set; }

    protected override async Task StartAsync(Listening listening)
    {
        _service = await Service.StartAsync(listening);
        _connection = new KestrelConnection(_service.Address, AtOnce);
    }

    protected override void Request()
    {
        for (var i = 0; i < Operations; i += AtOnce)
        {
            _connection!.Request();
        }
    }

    protected override async Task StopAsync()
    {
        _connection!.Dispose();
        await _service!.DisposeAsync();
    }
}
