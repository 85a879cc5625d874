using System.Text;
using FastScaling.LocalCloudWatch.Alarms;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Operations;
using FastScaling.LocalCloudWatch.Page;
using FastScaling.LocalCloudWatch.Protocols;
using FastScaling.LocalCloudWatch.Protocols.Cbor;
using FastScaling.LocalCloudWatch.Protocols.Json;
using FastScaling.LocalCloudWatch.Protocols.Query;
using FastScaling.LocalCloudWatch.Replies;
using FastScaling.LocalCloudWatch.Requests;
using FastScaling.LocalCloudWatch.Signing;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>The way of a request: body, signature, decompression, protocol, operation, reply.</summary>
internal sealed class RequestHandler
{
    // The first that recognises a request has it; the query protocol takes what is left.
    private static readonly IWireProtocol[] Protocols = [new CborProtocol(), new JsonProtocol(), new QueryProtocol()];

    private readonly Action<PutMetricDataReceipt>? _received;
    private readonly Action<RejectedCall>? _rejected;
    private readonly TimeProvider _clock;
    private readonly bool _closeAfterReply;
    private readonly SignatureVerifier _signatures;
    private readonly MetricOperations _metrics;
    private readonly AlarmOperations _alarms;
    private readonly StatusPage _page;
    private readonly CallLog _calls;

    public RequestHandler(LocalCloudWatchOptions options, CloudWatchModel model, AlarmLoop loop, CallLog calls)
    {
        _received = options.Received;
        _rejected = options.Rejected;
        _clock = options.TimeProvider;
        _closeAfterReply = options.CloseConnectionAfterReply;
        _signatures = new SignatureVerifier(options.SecretAccessKeys, _clock);
        _metrics = new MetricOperations(model, _clock);
        _alarms = new AlarmOperations(model.Alarms, _clock, loop.Publish);
        _page = new StatusPage(model, calls);
        _calls = calls;
    }

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        if (_closeAfterReply)
        {
            context.Response.Headers.Connection = "close";
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            await CallAsync(context, requestId);
        }
        else if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path == "/")
        {
            await ReplyAsync(context, 200, new EncodedReply("text/html; charset=utf-8", Encoding.UTF8.GetBytes(_page.Render())));
        }
        else
        {
            context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? 404 : 405;
        }
    }

    private async Task CallAsync(HttpContext context, string requestId)
    {
        var protocol = Array.Find(Protocols, protocol => protocol.Matches(context.Request))!;
        try
        {
            if (!protocol.HasPath(context.Request))
            {
                throw CloudWatchError.NotFound(context.Request.Path);
            }

            var sent = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
            var receivedAt = _clock.GetUtcNow();
            var accessKeyId = _signatures.Verify(context.Request, sent.Span);
            var isGzip = RequestBody.IsGzip(context.Request);
            var raw = isGzip ? await RequestBody.InflateAsync(sent, context.RequestAborted) : sent;
            var call = protocol.Decode(context.Request, raw);
            var request = RequestReader.Read(call);
            var reply = request is AlarmRequest aboutAlarms ? _alarms.Answer(aboutAlarms) : _metrics.Answer(request);
            _calls.Accept();
            if (reply is PutMetricDataReply put)
            {
                Listener.Tell(_received, new PutMetricDataReceipt
                {
                    ReceivedAt = receivedAt,
                    Namespace = put.Namespace,
                    DatumCount = put.DatumCount,
                    RawBytes = raw.Length,
                    SentBytes = sent.Length,
                    IsGzip = isGzip,
                    Protocol = protocol.Name,
                    AccessKeyId = accessKeyId,
                    ConnectionId = context.Connection.Id,
                });
            }

            await ReplyAsync(context, 200, protocol.Encode(call.Operation, reply, requestId));
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is IOException and not BadHttpRequestException)
        {
            // The client has gone: there is nobody to answer.
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, protocol, ToError(e), requestId);
        }
    }

    private async Task RefuseAsync(HttpContext context, IWireProtocol protocol, CloudWatchException error, string requestId)
    {
        var rejected = new RejectedCall
        {
            RejectedAt = _clock.GetUtcNow(),
            StatusCode = error.StatusCode,
            Code = error.Code,
            Message = error.Message,
            Protocol = protocol.Name,
            ConnectionId = context.Connection.Id,
        };
        _calls.Reject(rejected);
        Listener.Tell(_rejected, rejected);
        await ReplyAsync(context, error.StatusCode, protocol.EncodeError(context.Request, error, requestId));
    }

    private static CloudWatchException ToError(Exception exception) => exception switch
    {
        CloudWatchException error => error,
        BadHttpRequestException { StatusCode: 408 } => CloudWatchError.RequestTimeout(),
        BadHttpRequestException bad => CloudWatchError.MalformedHttpRequest(bad.Message),
        _ => CloudWatchError.Internal(),
    };

    private static async Task ReplyAsync(HttpContext context, int statusCode, EncodedReply reply)
    {
        var response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        if (reply.QueryError is not null)
        {
            response.Headers["x-amzn-query-error"] = reply.QueryError;
        }

        if (reply.SmithyProtocol is not null)
        {
            response.Headers["smithy-protocol"] = reply.SmithyProtocol;
        }

        await response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }
}
