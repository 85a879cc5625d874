using System.Buffers;
using System.Text.Json;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Protocols.Json;

/// <summary>AWS JSON 1.0.</summary>
internal sealed class JsonProtocol : IWireProtocol
{
    private const string TargetHeader = "X-Amz-Target";
    private const string TargetPrefix = "GraniteServiceVersion20100801.";
    private const string ContentType = "application/x-amz-json-1.0";

    public string Name => "json-1.0";

    public bool Matches(HttpRequest request) =>
        request.Headers.ContainsKey(TargetHeader)
        || (request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) ?? false);

    public WireCall Decode(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var target = request.Headers[TargetHeader].ToString();
        if (!target.StartsWith(TargetPrefix, StringComparison.Ordinal))
        {
            throw CloudWatchError.InvalidAction(target);
        }

        try
        {
            var input = JsonElement.Parse(body.IsEmpty ? "{}"u8 : body.Span);
            return new WireCall(target[TargetPrefix.Length..], new JsonNode(input, ""));
        }
        catch (JsonException e)
        {
            throw CloudWatchError.Serialization($"The body is not JSON: {e.Message}");
        }
    }

    public EncodedReply Encode(string operation, CloudWatchReply reply, string requestId) =>
        new(ContentType, Write(json => reply.Write(new JsonReplyWriter(json))));

    public EncodedReply EncodeError(HttpRequest request, CloudWatchException error, string requestId)
    {
        var body = Write(json =>
        {
            json.WriteString("__type", $"com.amazonaws.cloudwatch#{error.Shape}");
            json.WriteString("message", error.Message);
        });
        var asQuery = string.Equals(request.Headers["x-amzn-query-mode"], "true", StringComparison.OrdinalIgnoreCase);
        return new EncodedReply(ContentType, body, asQuery ? $"{error.Code};{error.Fault}" : null);
    }

    /// <summary>An object as a body.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
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
}
