using System.Text.Json;
using FastScaling.LocalCloudWatch.Errors;

namespace FastScaling.LocalCloudWatch.Protocols.Json;

/// <summary>A JSON object of the request. Members it does not ask for are ignored, as AWS does.</summary>
internal sealed class JsonNode : IWireNode
{
    private readonly JsonElement _object;
    private readonly string _path;

    public JsonNode(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Unexpected(element, path.Length == 0 ? "the request" : path, "a structure");
        }

        _object = element;
        _path = path;
    }

    public string? String(string member) => Find(member, out var value) ? AsString(value, PathOf(member)) : null;

    public double? Number(string member) => Find(member, out var value) ? AsNumber(value, PathOf(member)) : null;

    public int? Integer(string member)
    {
        if (!Find(member, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw Unexpected(value, PathOf(member), "an integer");
    }

    public bool? Boolean(string member)
    {
        if (!Find(member, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Unexpected(value, PathOf(member), "a boolean");
    }

    public DateTimeOffset? Timestamp(string member)
    {
        if (!Find(member, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            ? EpochSeconds.ToTime(seconds)
            : throw Unexpected(value, PathOf(member), "a timestamp in epoch seconds");
    }

    public IWireNode? Structure(string member) => Find(member, out var value) ? new JsonNode(value, PathOf(member)) : null;

    public IReadOnlyList<IWireNode> Structures(string member) => List<IWireNode>(member, static (item, path) => new JsonNode(item, path));

    public IReadOnlyList<double> Numbers(string member) => List(member, AsNumber);

    public IReadOnlyList<string> Strings(string member) => List(member, AsString);

    private List<T> List<T>(string member, Func<JsonElement, string, T> read)
    {
        if (!Find(member, out var value))
        {
            return [];
        }

        var path = PathOf(member);
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Unexpected(value, path, "a list");
        }

        var items = new List<T>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            items.Add(read(item, $"{path}.member.{items.Count + 1}"));
        }

        return items;
    }

    private bool Find(string member, out JsonElement value)
    {
        try
        {
            return _object.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;
        }
        catch (InvalidOperationException)
        {
            throw NotText(_path);
        }
    }

    private string PathOf(string member) => _path.Length == 0 ? member : $"{_path}.{member}";

    private static string AsString(JsonElement value, string path)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Unexpected(value, path, "a string");
        }
        catch (InvalidOperationException)
        {
            throw NotText(path);
        }
    }

    private static double AsNumber(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            return number;
        }

        // The protocol spells the numbers that JSON lacks as strings; whether they are allowed is not decided here.
        return value.ValueKind == JsonValueKind.String
            ? AsString(value, path) switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw Unexpected(value, path, "a number"),
            }
            : throw Unexpected(value, path, "a number");
    }

    // JsonElement throws InvalidOperationException for an escaped half of a surrogate pair.
    private static CloudWatchException NotText(string path) =>
        CloudWatchError.Serialization($"The text is not valid Unicode: {(path.Length == 0 ? "the request" : path)}");

    private static CloudWatchException Unexpected(JsonElement value, string path, string expected) =>
        CloudWatchError.Serialization($"{value.ValueKind} cannot be converted to {expected}: {path}");
}
