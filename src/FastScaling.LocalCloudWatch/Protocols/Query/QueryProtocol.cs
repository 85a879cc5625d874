using System.Net;
using System.Text;
using System.Xml;
using FastScaling.LocalCloudWatch.Errors;
using FastScaling.LocalCloudWatch.Replies;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Protocols.Query;

/// <summary>The AWS query protocol: a form goes in, XML comes out. What no other protocol recognises is taken for it, as AWS does.</summary>
internal sealed class QueryProtocol : IWireProtocol
{
    private const string Version = "2010-08-01";
    private const string XmlNamespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    // The deepest path of ours, MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name, has nine parts.
    private const int DeepestPath = 16;

    public string Name => "query";

    public bool Matches(HttpRequest request) => true;

    public WireCall Decode(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var root = new FormNode("");
        foreach (var pair in Encoding.UTF8.GetString(body.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            if (key.AsSpan().Count('.') >= DeepestPath)
            {
                throw CloudWatchError.InvalidParameterValue("A parameter of the form is nested too deeply.");
            }

            root.Set(key, equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]));
        }

        var version = root.String("Version") ?? throw CloudWatchError.MissingParameter("Version");
        var action = root.String("Action") ?? throw CloudWatchError.MissingParameter("Action");
        return version == Version
            ? new WireCall(action, root)
            : throw CloudWatchError.InvalidAction($"{action} of version {version}");
    }

    public EncodedReply Encode(string operation, CloudWatchReply reply, string requestId) => Write($"{operation}Response", xml =>
    {
        if (reply.HasResult)
        {
            xml.WriteStartElement($"{operation}Result");
            reply.Write(new XmlReplyWriter(xml));
            xml.WriteEndElement();
        }

        xml.WriteStartElement("ResponseMetadata");
        xml.WriteElementString("RequestId", requestId);
        xml.WriteEndElement();
    });

    public EncodedReply EncodeError(HttpRequest request, CloudWatchException error, string requestId) => Write("ErrorResponse", xml =>
    {
        xml.WriteStartElement("Error");
        xml.WriteElementString("Type", error.Fault);
        xml.WriteElementString("Code", error.Code);
        xml.WriteElementString("Message", XmlText.Clean(error.Message));
        xml.WriteEndElement();
        xml.WriteElementString("RequestId", requestId);
    });

    private static EncodedReply Write(string root, Action<XmlWriter> content)
    {
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement(root, XmlNamespace);
            content(xml);
            xml.WriteEndElement();
        }

        return new EncodedReply("text/xml", body.ToArray());
    }
}
