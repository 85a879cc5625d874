using FastScaling.LocalCloudWatch.Errors;

namespace FastScaling.LocalCloudWatch.Protocols.Cbor;

/// <summary>A map of a CBOR request. Members it does not ask for are ignored, as AWS does.</summary>
internal sealed class CborNode : IWireNode
{
    private readonly Dictionary<string, object?> _members;
    private readonly string _path;

    public CborNode(object? value, string path)
    {
        _members = value as Dictionary<string, object?> ?? throw Unexpected(value, path.Length == 0 ? "the request" : path, "a structure");
        _path = path;
    }

    public string? String(string member) => Find(member) is { } value ? AsString(value, PathOf(member)) : null;

    public double? Number(string member) => Find(member) is { } value ? AsNumber(value, PathOf(member)) : null;

    public int? Integer(string member) => Find(member) switch
    {
        null => null,
        long and >= int.MinValue and <= int.MaxValue and var value => (int)(long)value,
        var value => throw Unexpected(value, PathOf(member), "an integer"),
    };

    public bool? Boolean(string member) => Find(member) switch
    {
        null => null,
        bool value => value,
        var value => throw Unexpected(value, PathOf(member), "a boolean"),
    };

    public DateTimeOffset? Timestamp(string member) => Find(member) switch
    {
        null => null,
        CborTimestamp value => EpochSeconds.ToTime(value.Seconds),

        // Without its tag it is only a number; nobody could mean anything else by it.
        long or ulong or double => EpochSeconds.ToTime(AsNumber(Find(member)!, PathOf(member))),
        var value => throw Unexpected(value, PathOf(member), "a timestamp in epoch seconds"),
    };

    public IWireNode? Structure(string member) => Find(member) is { } value ? new CborNode(value, PathOf(member)) : null;

    public IReadOnlyList<IWireNode> Structures(string member) => List<IWireNode>(member, static (item, path) => new CborNode(item, path));

    public IReadOnlyList<double> Numbers(string member) => List(member, AsNumber);

    public IReadOnlyList<string> Strings(string member) => List(member, AsString);

    private List<T> List<T>(string member, Func<object?, string, T> read)
    {
        if (Find(member) is not { } value)
        {
            return [];
        }

        var path = PathOf(member);
        var list = value as List<object?> ?? throw Unexpected(value, path, "a list");
        var items = new List<T>(list.Count);
        foreach (var item in list)
        {
            items.Add(read(item, $"{path}.member.{items.Count + 1}"));
        }

        return items;
    }

    private object? Find(string member) => _members.GetValueOrDefault(member);

    private string PathOf(string member) => _path.Length == 0 ? member : $"{_path}.{member}";

    private static string AsString(object? value, string path) => value as string ?? throw Unexpected(value, path, "a string");

    private static double AsNumber(object? value, string path) => value switch
    {
        double number => number,
        long number => number,
        ulong number => number,
        _ => throw Unexpected(value, path, "a number"),
    };

    private static CloudWatchException Unexpected(object? value, string path, string expected)
    {
        var found = value switch
        {
            null => "Null",
            string => "String",
            bool => "Boolean",
            byte[] => "Blob",
            CborTimestamp => "Timestamp",
            List<object?> => "List",
            Dictionary<string, object?> => "Structure",
            _ => "Number",
        };
        return CloudWatchError.Serialization($"{found} cannot be converted to {expected}: {path}");
    }
}
