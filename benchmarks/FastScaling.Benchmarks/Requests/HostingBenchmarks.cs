namespace FastScaling.Benchmarks.Requests;

/// <summary>A request through the real hosting layer, routing and endpoint of ASP.NET Core, without sockets.</summary>
public class HostingBenchmarks : RequestSuite
{
    private Service? _service;
    private IDirectConnection? _connection;

    protected override async Task StartAsync(Listening listening)
    {
        var server = new DirectServer();
        _service = await Service.StartAsync(listening, server);
        _connection = server.Connect();
    }

    protected override void Request()
    {
        var connection = _connection!;
        for (var i = 0; i < Operations; i++)
        {
            connection.Request();
        }
    }

    protected override async Task StopAsync() => await _service!.DisposeAsync();
}
