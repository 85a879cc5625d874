using System.Text;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>Requests over an <see cref="HttpConnection"/>.</summary>
internal static class Calls
{
    /// <summary>More time than any call of a test needs, less than a test run may take.</summary>
    public static Deadline Ample => new(TimeSpan.FromSeconds(30));

    public static HttpReply Post(this HttpConnection connection, string body, Deadline? deadline = null) =>
        connection.Post(Encoding.UTF8.GetBytes(body), deadline);

    public static HttpReply Post(this HttpConnection connection, byte[] body, Deadline? deadline = null) =>
        connection.Send(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: {body.Length}\r\n\r\n"), body, deadline ?? Ample);

    public static string Text(this HttpReply reply) => Encoding.Latin1.GetString(reply.Body.Span);
}
