using System.Formats.Cbor;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Protocols.Cbor;

/// <summary>Smithy RPC v2 CBOR: the operation is in the path, and a header names the protocol. What current AWS SDKs speak.</summary>
internal sealed class CborProtocol : IWireProtocol
{
    private const string PathPrefix = "/service/GraniteServiceVersion20100801/operation/";
    private const string ProtocolHeader = "smithy-protocol";
    private const string ProtocolName = "rpc-v2-cbor";
    private const string ContentType = "application/cbor";

    public string Name => ProtocolName;

    public bool Matches(HttpRequest request) =>
        request.Headers.ContainsKey(ProtocolHeader)
        || (request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) ?? false);

    public bool HasPath(HttpRequest request) =>
        request.Path.Value is { } path && path.StartsWith(PathPrefix, StringComparison.Ordinal) && path.IndexOf('/', PathPrefix.Length) < 0;

    public WireCall Decode(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var protocol = request.Headers[ProtocolHeader].ToString();
        if (protocol != ProtocolName)
        {
            throw CloudWatchError.InvalidAction($"{request.Path} with {ProtocolHeader} '{protocol}'");
        }

        // An operation without input may be sent without a body.
        return new WireCall(request.Path.Value![PathPrefix.Length..], new CborNode(body.IsEmpty ? new Dictionary<string, object?>() : CborTree.Read(body), ""));
    }

    public EncodedReply Encode(string operation, CloudWatchReply reply, string requestId) =>
        new(ContentType, reply.HasResult ? Write(writer => reply.Write(writer)) : Write(static _ => { })) { SmithyProtocol = ProtocolName };

    public EncodedReply EncodeError(HttpRequest request, CloudWatchException error, string requestId)
    {
        var body = Write(writer =>
        {
            writer.String("__type", $"com.amazonaws.cloudwatch#{error.Shape}");
            writer.String("message", error.Message);
        });
        var asQuery = string.Equals(request.Headers["x-amzn-query-mode"], "true", StringComparison.OrdinalIgnoreCase);
        return new EncodedReply(ContentType, body, asQuery ? $"{error.Code};{error.Fault}" : null) { SmithyProtocol = ProtocolName };
    }

    private static byte[] Write(Action<CborReplyWriter> members)
    {
        var cbor = new CborWriter(CborConformanceMode.Lax);
        cbor.WriteStartMap(null);
        members(new CborReplyWriter(cbor));
        cbor.WriteEndMap();
        return cbor.Encode();
    }
}
