using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>Flattens an input in its JSON form into a form of the query protocol.</summary>
internal static class Form
{
    public static string Of(string operation, JsonObject input)
    {
        var form = new StringBuilder($"Action={operation}&Version=2010-08-01");
        Append(form, "", input);
        return form.ToString();
    }

    private static void Append(StringBuilder form, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    Append(form, path.Length == 0 ? name : $"{path}.{name}", member);
                }

                break;
            case JsonArray { Count: 0 }:
                form.Append(CultureInfo.InvariantCulture, $"&{path}=");
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Append(form, $"{path}.member.{i + 1}", items[i]);
                }

                break;
            case JsonValue value:
                form.Append(CultureInfo.InvariantCulture, $"&{path}={Uri.EscapeDataString(Text(path, value))}");
                break;
        }
    }

    // Timestamps are epoch seconds in JSON and ISO 8601 here.
    private static string Text(string path, JsonValue value) =>
        (path.EndsWith("Timestamp", StringComparison.Ordinal) || path is "StartTime" or "EndTime" or "StartDate" or "EndDate") && value.TryGetValue<double>(out var seconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : value.ToString();
}
