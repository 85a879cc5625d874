using System.IO.Compression;
using System.Text;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Line">The request line.</param>
/// <param name="Headers">Headers by name, without regard to case.</param>
/// <param name="Body">The body as sent.</param>
internal sealed record ReceivedRequest(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body, decompressed when it was sent as gzip.</summary>
    public string Text
    {
        get
        {
            if (Headers.GetValueOrDefault("Content-Encoding") != "gzip")
            {
                return Encoding.UTF8.GetString(Body);
            }

            using var reader = new StreamReader(new GZipStream(new MemoryStream(Body), CompressionMode.Decompress));
            return reader.ReadToEnd();
        }
    }
}
