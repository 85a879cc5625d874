using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastScaling.Lab.Live;

/// <summary>How the page is written to.</summary>
internal static class LabJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };
}
