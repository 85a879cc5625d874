using System.Text.Json;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>Reads texts from the documents of the endpoints beside a container.</summary>
internal static class JsonText
{
    /// <summary>The text of a property; null when there is none or an empty one.</summary>
    /// <exception cref="JsonException">The text is no Unicode.</exception>
    public static string? Of(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : null;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The document has a text that is no Unicode.", exception);
        }
    }
}
