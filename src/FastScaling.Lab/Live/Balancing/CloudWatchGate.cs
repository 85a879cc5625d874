using System.Net;
using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace FastScaling.Lab.Live.Balancing;

/// <summary>The way from the tasks to the local CloudWatch, which can be broken: every call is then answered with 503, as AWS does in trouble.</summary>
internal sealed class CloudWatchGate : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _client;
    private readonly string _cloudWatch;
    private long _refused;
    private volatile bool _isBroken;

    private CloudWatchGate(LocalCloudWatchServer cloudWatch)
    {
        _cloudWatch = cloudWatch.Endpoint.AbsoluteUri;
        _handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        };
        _client = new HttpMessageInvoker(_handler, disposeHandler: false);
        var builder = LoopbackHost.Builder(0, "FastScaling.Lab.Gate");
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        var forwarder = _app.Services.GetRequiredService<IHttpForwarder>();
        _app.Run(context => HandleAsync(context, forwarder));
    }

    /// <summary>What the tasks take for CloudWatch.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public bool IsBroken
    {
        get => _isBroken;
        set => _isBroken = value;
    }

    /// <summary>Calls that were answered with 503.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public static async Task<CloudWatchGate> StartAsync(LocalCloudWatchServer cloudWatch, CancellationToken cancellationToken)
    {
        var gate = new CloudWatchGate(cloudWatch);
        gate.Address = await LoopbackHost.StartAsync(gate._app, "The way to CloudWatch", "nothing", 0, cancellationToken);
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task HandleAsync(HttpContext context, IHttpForwarder forwarder)
    {
        if (!_isBroken)
        {
            await forwarder.SendAsync(context, _cloudWatch, _client);
            return;
        }

        Interlocked.Increment(ref _refused);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync("""{"__type":"ServiceUnavailable","message":"The lab has broken CloudWatch."}""", context.RequestAborted);
    }
}
