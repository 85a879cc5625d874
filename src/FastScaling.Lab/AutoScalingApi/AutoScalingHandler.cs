using System.Buffers;
using System.Text.Json;
using FastScaling.Lab.Scaling;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Hosting;
using FastScaling.LocalCloudWatch.Protocols.Json;
using Microsoft.AspNetCore.Http;

namespace FastScaling.Lab.AutoScalingApi;

/// <summary>The way of a request: body, operation, reply. AWS JSON 1.1.</summary>
internal sealed class AutoScalingHandler
{
    private const string TargetPrefix = "AnyScaleFrontendService.";
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly AutoScalingOperations _operations;
    private readonly Lock _lock;
    private readonly TimeProvider _clock;

    public AutoScalingHandler(AutoScalingOperations operations, Lock @lock, TimeProvider clock)
    {
        _operations = operations;
        _lock = @lock;
        _clock = clock;
    }

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path != "/")
        {
            context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) ? 404 : 405;
            return;
        }

        try
        {
            var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
            await ReplyAsync(context, 200, Answer(context.Request, body));
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is IOException and not BadHttpRequestException)
        {
            // The client has gone: there is nobody to answer.
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, code, message) = e switch
            {
                ScalingException scaling => (400, scaling.Code, scaling.Message),
                CloudWatchException error => (error.StatusCode, error.Shape, error.Message),
                JsonException json => (400, "SerializationException", $"The body is not JSON: {json.Message}"),
                BadHttpRequestException bad => (bad.StatusCode, "ValidationException", bad.Message),
                _ => (500, "InternalServiceException", "The local Application Auto Scaling failed: this is a defect of it."),
            };
            await ReplyAsync(context, status, Write(reply =>
            {
                reply.WriteString("__type", code);
                reply.WriteString("Message", message);
            }));
        }
    }

    private ReadOnlyMemory<byte> Answer(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        if (!target.StartsWith(TargetPrefix, StringComparison.Ordinal))
        {
            throw CloudWatchError.InvalidAction(target);
        }

        if (request.Headers.Authorization.Count == 0)
        {
            throw CloudWatchError.MissingAuthenticationToken();
        }

        var input = new JsonNode(JsonElement.Parse(body.IsEmpty ? "{}"u8 : body.Span), "");
        lock (_lock)
        {
            return Write(reply => _operations.Answer(target[TargetPrefix.Length..], input, reply, _clock.GetUtcNow()));
        }
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static async Task ReplyAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
