using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Batching;

/// <summary>Texts as they stand in a request.</summary>
internal static class JsonString
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";

    /// <summary>The members of a list of dimensions, without brackets.</summary>
    public static byte[] Dimensions(IEnumerable<KeyValuePair<string, string>> dimensions) =>
        Encoding.UTF8.GetBytes(string.Join(',', dimensions.Select(d => $"{{\"Name\":{Quote(d.Key)},\"Value\":{Quote(d.Value)}}}")));
}
