using System.Net;
using System.Text;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Hosting;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>A server without a socket: calls go straight to its handler, on the thread of the caller.</summary>
internal sealed class Handled
{
    private readonly TestClock _clock = new();
    private readonly CloudWatchModel _model;
    private readonly RequestHandler _handler;

    public Handled()
    {
        var options = new LocalCloudWatchOptions { TimeProvider = _clock };
        _model = new CloudWatchModel(options.ToSettings(), _clock);
        _handler = new RequestHandler(options, _model, new AlarmLoop(_model, options), new CallLog());
    }

    /// <summary>The reply to a call: its status, its content type and its body.</summary>
    public (HttpStatusCode Status, string ContentType, byte[] Body) Call(Wire wire, string operation, byte[] body, bool gzip)
    {
        using var request = Local.Request(wire, operation, body, gzip);
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = wire == Wire.Cbor ? $"/service/GraniteServiceVersion20100801/operation/{operation}" : "/";
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        foreach (var (name, values) in request.Headers.Concat(request.Content!.Headers))
        {
            context.Request.Headers[name] = values.ToArray();
        }

        using var reply = new MemoryStream();
        context.Response.Body = reply;
        _handler.HandleAsync(context).GetAwaiter().GetResult();
        return ((HttpStatusCode)context.Response.StatusCode, context.Response.ContentType ?? "", reply.ToArray());
    }

    /// <summary>Lets time pass: alarms are evaluated as they fall due.</summary>
    public void Pass(TimeSpan time)
    {
        _clock.Now += time;
        _model.AdvanceTo(_clock.Now);
    }

    /// <summary>The page with all that is held.</summary>
    public string Page()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = "/";
        using var reply = new MemoryStream();
        context.Response.Body = reply;
        _handler.HandleAsync(context).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(reply.ToArray());
    }
}
