using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Protocols;

/// <summary>One way to put calls and replies on the wire. It decodes and encodes; it decides nothing.</summary>
internal interface IWireProtocol
{
    string Name { get; }

    bool Matches(HttpRequest request);

    /// <summary>Whether the request goes where calls of this protocol go.</summary>
    bool HasPath(HttpRequest request) => request.Path == "/";

    /// <summary>Reads the name of the operation and the root of its input. Throws <see cref="CloudWatchException"/> and nothing else.</summary>
    WireCall Decode(HttpRequest request, ReadOnlyMemory<byte> body);

    EncodedReply Encode(string operation, CloudWatchReply reply, string requestId);

    EncodedReply EncodeError(HttpRequest request, CloudWatchException error, string requestId);
}
