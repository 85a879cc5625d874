using System.Globalization;
using FastScaling.LocalCloudWatch.Errors;

namespace FastScaling.LocalCloudWatch.Protocols.Query;

/// <summary>A structure of a form body, where <c>MetricData.member.1.Value=3</c> names a path.</summary>
internal sealed class FormNode : IWireNode
{
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-ddK"];

    private static readonly Dictionary<string, FormNode> NoChildren = [];

    private readonly string _path;
    private Dictionary<string, FormNode> _children = NoChildren;
    private string? _value;

    public FormNode(string path)
    {
        _path = path;
    }

    public void Set(ReadOnlySpan<char> key, string value)
    {
        var node = this;
        while (true)
        {
            var dot = key.IndexOf('.');
            var name = (dot < 0 ? key : key[..dot]).ToString();
            if (!node._children.TryGetValue(name, out var child))
            {
                child = new FormNode(node._path.Length == 0 ? name : $"{node._path}.{name}");
                if (node._children == NoChildren)
                {
                    node._children = new Dictionary<string, FormNode>(StringComparer.Ordinal);
                }

                node._children.Add(name, child);
            }

            node = child;
            if (dot < 0)
            {
                node._value = value;
                return;
            }

            key = key[(dot + 1)..];
        }
    }

    public string? String(string member) => Find(member)?.Text();

    public double? Number(string member) => Find(member)?.AsNumber();

    public int? Integer(string member)
    {
        if (Find(member) is not { } node)
        {
            return null;
        }

        return int.TryParse(node.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw node.Unexpected("an integer");
    }

    public bool? Boolean(string member) => Find(member) is not { } node
        ? null
        : node.Text() switch
        {
            "true" or "True" or "1" => true,
            "false" or "False" or "0" => false,
            _ => throw node.Unexpected("a boolean"),
        };

    public DateTimeOffset? Timestamp(string member)
    {
        if (Find(member) is not { } node)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(node.Text(), TimeFormats, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw node.Unexpected("a timestamp in ISO 8601");
    }

    public IWireNode? Structure(string member) => Find(member);

    public IReadOnlyList<IWireNode> Structures(string member) => List<IWireNode>(member, static node => node);

    public IReadOnlyList<double> Numbers(string member) => List(member, static node => node.AsNumber());

    public IReadOnlyList<string> Strings(string member) => List(member, static node => node.Text());

    private List<T> List<T>(string member, Func<FormNode, T> read)
    {
        if (Find(member) is not { } list)
        {
            return [];
        }

        // An empty list is sent as "MetricData=".
        if (list._children.Count == 0 && string.IsNullOrEmpty(list._value))
        {
            return [];
        }

        if (list._children.Count != 1 || list.Find("member") is not { _value: null } members)
        {
            throw list.Unexpected("a list");
        }

        // Sorted once: a list that keeps itself in order would take the square of a long form.
        var numbered = new List<(int Number, FormNode Node)>(members._children.Count);
        foreach (var (name, node) in members._children)
        {
            numbered.Add(int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? (number, node) : throw Unnumbered());
        }

        numbered.Sort(static (one, other) => one.Number.CompareTo(other.Number));
        var items = new List<T>(numbered.Count);
        for (var i = 0; i < numbered.Count; i++)
        {
            // "1" and "01" are the same number.
            items.Add(i == 0 || numbered[i].Number != numbered[i - 1].Number ? read(numbered[i].Node) : throw Unnumbered());
        }

        return items;

        CloudWatchException Unnumbered() => list.Unexpected("a list: its members are numbered from 1");
    }

    private FormNode? Find(string member) => _children.GetValueOrDefault(member);

    private string Text() => _children.Count == 0 ? _value! : throw Unexpected("a single value");

    // "1e400" reads as infinity, and "NaN" as itself: whether they are allowed is not decided here.
    private double AsNumber() =>
        double.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected("a number");

    private CloudWatchException Unexpected(string expected) =>
        CloudWatchError.InvalidParameterValue($"The value {_value} for parameter {_path} is invalid: it must be {expected}.");
}
