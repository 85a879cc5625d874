using System.Text;
using Microsoft.AspNetCore.Http;

namespace FastScaling.LocalCloudWatch.Signing;

/// <summary>The canonical form of a request, over which Signature Version 4 is computed.</summary>
internal static class CanonicalRequest
{
    public static string Of(HttpRequest request, IReadOnlyList<string> signedHeaders, string bodyHash)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(Path(request.Path)).Append('\n');
        text.Append(Query(request.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').Append(Value(request.Headers[name])).Append('\n');
        }

        text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(bodyHash);
        return text.ToString();
    }

    // Every part of the path is encoded twice: once more than on the wire.
    private static string Path(PathString path) => path.HasValue
        ? string.Join('/', path.Value.Split('/').Select(static part => Uri.EscapeDataString(Uri.EscapeDataString(part))))
        : "/";

    private static string Query(IQueryCollection query)
    {
        var pairs = query
            .SelectMany(static parameter => parameter.Value.Select(value => (Key: Uri.EscapeDataString(parameter.Key), Value: Uri.EscapeDataString(value ?? ""))))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .ThenBy(static pair => pair.Value, StringComparer.Ordinal);
        return string.Join('&', pairs.Select(static pair => $"{pair.Key}={pair.Value}"));
    }

    private static string Value(IEnumerable<string?> values) =>
        string.Join(',', values.Select(static value => string.Join(' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))));
}
